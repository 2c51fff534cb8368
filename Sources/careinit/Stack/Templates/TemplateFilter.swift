/// How a value is written in the language of the file that it stands in, so that no value can end its own place.
enum TemplateFilter: String, Sendable, CaseIterable {
    /// As it is; refused unless made of letters, digits and `_ - . / : @ , + =`.
    case plain
    /// A double-quoted string of JSON, which YAML 1.2 and Redis read the same.
    case json
    /// A double-quoted string of nginx. `$` is refused: nginx would look for a variable.
    case nginx
    /// The rest of a line of an INI file of supervisord or Grafana. `%`, `;`, `#`, `$` and quotes are refused.
    case ini
    /// A word of a command in supervisord's INI, quoted as for a shell. `%` is refused: supervisord expands it.
    case word
    /// A string constant of SQL (standard_conforming_strings).
    case sql
    /// A double-quoted identifier of SQL.
    case identifier
    /// A block that the planner itself wrote in the language of the file.
    case block

    /// The value as it is written; nil where the place cannot carry it.
    func apply(_ value: String) -> String? {
        let scalars = value.unicodeScalars
        if self == .block { return value }
        guard self == .json || !scalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            return nil
        }
        switch self {
        case .plain: return !value.isEmpty && scalars.allSatisfy(Self.isPlain) ? value : nil
        case .json: return Self.json(value)
        case .nginx: return scalars.contains("$") ? nil : quoted(value, "\"", escaping: "\\\"")
        case .ini: return scalars.contains { "%;#$\"'\\`".unicodeScalars.contains($0) } ? nil : value
        case .word: return Self.word(value)
        case .sql: return scalars.contains("\\") ? nil : "'" + value.doubling("'") + "'"
        case .identifier: return value.isEmpty ? nil : "\"" + value.doubling("\"") + "\""
        case .block: return value
        }
    }

    private func quoted(_ value: String, _ quote: String, escaping special: String) -> String {
        quote + value.reduce(into: "") { $0 += special.contains($1) ? "\\\($1)" : "\($1)" } + quote
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
            || "_-./:@,+=".unicodeScalars.contains(scalar)
    }

    private static func word(_ value: String) -> String? {
        if value.unicodeScalars.contains("%") || value.contains(" ;") { return nil }
        if !value.isEmpty && value.unicodeScalars.allSatisfy(isPlain) { return value }
        // shlex splits as a shell would; a quote inside ends the string, stands escaped, and starts it again.
        return "'" + value.reduce(into: "") { $0 += $1 == "'" ? "'\\''" : "\($1)" } + "'"
    }

    /// RFC 8259 §7.
    static func json(_ value: String) -> String {
        var result = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

extension String {
    fileprivate func doubling(_ quote: Character) -> String {
        reduce(into: "") { $0 += $1 == quote ? "\($1)\($1)" : "\($1)" }
    }
}
