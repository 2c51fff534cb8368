import EnvSchema

/// The JSON Schema (2020-12) of a `.env`, taken as an object of strings: docs/env.schema.json is this text.
///
/// It accepts what `careinit check` accepts, as far as a schema can say it: the order of two values, secrets that are
/// weak or used twice, and placeholders are beyond it.
struct ConfigurationSchema {
    var schema: Schema

    init(_ schema: Schema) { self.schema = schema }

    func text() throws -> String { try JSONText.encode(document, keys: .useDefaultKeys) + "\n" }

    var document: JSONValue {
        let required = schema.variables.filter { $0.isRequired && !$0.hasDefault }.map(\.name)
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "The settings of a carenotes stack",
            "description": .string(Self.description),
            "$comment": "Made by careinit explain --format json-schema.",
            "type": "object",
            "properties": .object(properties),
            "additionalProperties": false,
            "required": .strings(required),
            "allOf": .array([Self.noControlCharacters] + conditions),
        ]
    }

    /// Of every variable, as no property is named beside it. Also what keeps Python's `$` from passing a last line feed.
    private static let noControlCharacters: JSONValue = [
        "additionalProperties": ["not": ["pattern": "[\\u0000-\\u001F\\u007F]"]]
    ]

    private static let description =
        "A .env as an object: each variable with its value, references already replaced. A variable that is missing "
        + "has its default, and one that is empty has no value. careinit check sees more than this schema can say: "
        + "values that must be in order or different, weak secrets, placeholders, and the file itself."

    private var properties: [String: JSONValue] {
        let known = schema.variables.map { ($0.name, JSONValue.object(property($0))) }
        return Dictionary(schema.retired.map { ($0.name, retired($0)) } + known) { $1 }
    }

    /// Older files carry it, which does no harm.
    private func retired(_ name: RetiredName) -> JSONValue {
        let reason = name.replacement.map { "\($0) took its place" } ?? name.reason ?? "nothing reads it"
        return [
            "type": "string", "deprecated": true, "description": .string("Nothing reads it any more: \(reason)."),
        ]
    }

    private func property(_ variable: Variable) -> [String: JSONValue] {
        let facts = VariableFacts(variable, in: schema)
        let limits = limits(of: variable)
        var property: [String: JSONValue] = ["type": "string", "description": .string(facts.help)]
        if let text = facts.defaultValue { property["default"] = .string(text) }
        if let example = variable.example, !variable.isSecret { property["examples"] = .strings([example]) }
        if variable.isSecret { property["writeOnly"] = true }
        if variable.isRequired {
            // An empty value is none.
            property["minLength"] = 1
            property.merge(limits) { $1 }
        } else if !limits.isEmpty {
            property["anyOf"] = [["const": ""], .object(limits)]
        }
        return property
    }

    /// What a value must be that is not empty.
    private func limits(of variable: Variable) -> [String: JSONValue] {
        var limits = variable.type.keywords
        let strength = variable.isSecret && !variable.isGiven ? SecretStrength.minimumLength : 0
        let least = max(strength, variable.text.minimumLength ?? 0)
        if least > 0 { limits["minLength"] = .integer(least) }
        if let most = variable.text.maximumLength { limits["maxLength"] = .integer(most) }
        let affixes = [
            variable.text.prefix.map { "^" + RegularExpression.quote($0) },
            variable.text.suffix.map { RegularExpression.quote($0) + "$" },
        ].compactMap(\.self)
        if !affixes.isEmpty { limits["allOf"] = .array(affixes.map { ["pattern": .string($0)] }) }
        return limits
    }
}

extension Variable {
    /// Whether something holds where the `.env` does not name it.
    var hasDefault: Bool { !(defaultValue ?? "").isEmpty }
}
