/// What a variable is that nobody annotated, by its name, its value and what is said of it.
enum Inference {
    /// Of a value without quotes, as `@env-spec` has it.
    static func type(ofLiteral value: String) -> ValueType {
        if value == "true" || value == "false" { return .boolean }
        return NumberSyntax.decimal(value) == nil ? .string : .number(NumberRule())
    }

    /// A type that the default, if there is one, fits.
    static func type(of variable: Variable) -> ValueType {
        let value = variable.defaultValue ?? ""
        let choices = choices(in: variable.help)
        if choices.count > 1, choices.contains(value) { return .enumeration(choices) }
        for (suffixes, type) in byName where suffixes.contains(where: { ends(variable.name, with: $0) }) {
            if value.isEmpty || type.accepts(value) { return type }
        }
        return value.isEmpty ? .string : type(ofLiteral: value)
    }

    private static func ends(_ name: String, with suffix: String) -> Bool {
        let name = name.utf8.map(\.lowercased).text
        return name == suffix || name.hasSuffix("_" + suffix)
    }

    private static let byName: [([String], ValueType)] = [
        (["port"], .port(min: 1, max: 65_535)),
        (["url", "uri", "endpoint"], .url(URLRule())),
        (["email"], .email),
        (["tz", "timezone"], .timeZone),
        (["currency"], .currency),
        (["language", "locale"], .locale),
        (["schedule", "cron"], .cron),
        (["phone_number", "phone"], .telephone),
        (["enabled"], .boolean),
    ]

    /// Whether the last word of a name is one that secrets have.
    static func isSecret(_ name: String) -> Bool {
        secretNames.contains { ends(name, with: $0) } && !publicNames.contains { ends(name, with: $0) }
    }

    private static let secretNames = [
        "password", "pass", "passwd", "passphrase", "secret", "token", "key", "credentials", "dsn",
    ]
    private static let publicNames = ["public_key", "key_id"]

    /// `(error, warn, info, debug)` or `json or simple` in the help.
    private static func choices(in help: String) -> [String] {
        let text = Array(help.utf8)
        guard let open = text.lastIndex(of: UInt8(ascii: "(")), let close = text.lastIndex(of: UInt8(ascii: ")")),
            open < close
        else { return [] }
        let words = text[(open + 1)..<close].split { $0 == UInt8(ascii: ",") || $0.isWhitespace }.map(\.text)
        let choices = words.filter { $0 != "or" }
        let isWord = { (word: String) in
            word.utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
        }
        return choices.count >= 2 && choices.allSatisfy(isWord) ? choices : []
    }
}
