/// What a value of JSON must be: as much of JSON Schema (2020-12) as the API needs.
indirect enum JSONSchema: Sendable {
    case text(TextForm)
    case integer(ClosedRange<Int>?)
    case number
    case boolean
    case list(JSONSchema, most: Int? = nil)
    case object([Member])
    /// Null, too; of a text.
    case nullable(TextForm)
    case named(SchemaName)
    /// One that is described by name, or null.
    case nullableNamed(SchemaName)

    struct TextForm: Sendable {
        /// In Unicode scalars.
        var lengths: ClosedRange<Int>?
        /// An expression that JSON Schema's readers share (§6.4 of its core), anchored.
        var pattern: String?
        var format: String?
        /// All that it may be.
        var values: [String] = []
    }

    struct Member: Sendable {
        var name: String
        var schema: JSONSchema
        var isRequired: Bool

        static func required(_ name: String, _ schema: JSONSchema) -> Member {
            Member(name: name, schema: schema, isRequired: true)
        }

        static func optional(_ name: String, _ schema: JSONSchema) -> Member {
            Member(name: name, schema: schema, isRequired: false)
        }
    }
}

extension JSONSchema {
    func write(to json: inout JSONWriter) {
        json.object { json in
            switch self {
            case .text(let form): form.write(to: &json, isNullable: false)
            case .nullable(let form): form.write(to: &json, isNullable: true)
            case .integer(let range):
                json.member("type", "integer")
                guard let range else { return }
                json.member("minimum", range.lowerBound)
                json.member("maximum", range.upperBound)
            case .number: json.member("type", "number")
            case .boolean: json.member("type", "boolean")
            case .list(let element, let most):
                json.member("type", "array")
                json.name("items")
                element.write(to: &json)
                if let most { json.member("maxItems", most) }
            case .object(let members): Self.write(members, to: &json)
            case .named(let name): json.member("$ref", name.reference)
            case .nullableNamed(let name):
                json.name("anyOf")
                json.array { json in
                    JSONSchema.named(name).write(to: &json)
                    json.object { $0.member("type", "null") }
                }
            }
        }
    }

    /// Of these members, and no others.
    private static func write(_ members: [Member], to json: inout JSONWriter) {
        json.member("type", "object")
        json.member("required", members.filter(\.isRequired).map(\.name))
        json.name("properties")
        json.object { json in
            for member in members {
                json.name(member.name)
                member.schema.write(to: &json)
            }
        }
        json.member("additionalProperties", false)
    }
}

extension JSONSchema.TextForm {
    fileprivate func write(to json: inout JSONWriter, isNullable: Bool) {
        if isNullable { json.member("type", ["string", "null"]) } else { json.member("type", "string") }
        if let lengths {
            json.member("minLength", lengths.lowerBound)
            json.member("maxLength", lengths.upperBound)
        }
        if let pattern { json.member("pattern", pattern) }
        if let format { json.member("format", format) }
        guard !values.isEmpty else { return }
        json.name("enum")
        json.array { json in
            for value in values { json.string(value) }
            if isNullable { json.raw("null") }
        }
    }
}
