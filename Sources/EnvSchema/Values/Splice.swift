/// A language that values are put into, and how a value is written there so that it cannot end its own place.
///
/// What is written is read again by the rules of the language: where that is not the value, it may not stand there.
package enum Splice: String, Sendable, Hashable, CaseIterable {
    /// As it is; letters, digits and `_ - . / : @ , + =` only.
    case plain
    /// A double-quoted string of JSON (RFC 8259 §7), which YAML 1.2 and Redis' configuration read the same.
    case json
    /// A double-quoted word of nginx. `$` is refused: nginx would look for a variable.
    case nginx
    /// The rest of a line of an INI file of supervisord or Grafana, which expand `%`, `$` and cut at `;` and `#`.
    case ini
    /// A word of a shell.
    case word
    /// A word of a command in supervisord's INI, which splits it as a shell does, expands `%` and cuts at ` ;`.
    case command
    /// A string constant of SQL (standard_conforming_strings).
    case sql
    /// A double-quoted identifier of SQL.
    case identifier
    /// A part of a URL, percent-encoded (RFC 3986 §2.1).
    case url

    /// The value as it is written; nil where the place cannot carry it.
    package func write(_ value: String) -> String? {
        guard let written = encode(value), read(written) == value else { return nil }
        return written
    }

    private func encode(_ value: String) -> String? {
        let bytes = value.utf8
        guard self == .json || self == .url || !bytes.contains(where: \.isControl) else { return nil }
        switch self {
        case .plain: return !value.isEmpty && bytes.allSatisfy(Self.isPlain) ? value : nil
        case .json: return JSONSyntax.string(value)
        case .nginx:
            return bytes.contains(ASCII.dollar)
                ? nil : Self.quote(bytes, ASCII.doubleQuote) { [ASCII.backslash, $0] }
        case .ini: return bytes.contains { "%;#$\"'\\`".utf8.contains($0) } ? nil : value
        case .word: return Self.word(value)
        case .command:
            return value.utf8.contains(UInt8(ascii: "%")) || value.contains(" ;") ? nil : Self.word(value)
        case .sql:
            return bytes.contains(ASCII.backslash) ? nil : Self.quote(bytes, ASCII.singleQuote) { [$0, $0] }
        case .identifier: return value.isEmpty ? nil : Self.quote(bytes, ASCII.doubleQuote) { [$0, $0] }
        case .url: return Self.percentEncode(bytes)
        }
    }

    /// What the language reads from it; nil where it would not be one value.
    package func read(_ text: String) -> String? {
        switch self {
        case .plain: return text
        case .json:
            guard case .text(let value)? = JSONSyntax.parse(text) else { return nil }
            return value
        case .nginx: return Self.unescape(text.utf8)
        case .ini: return text.utf8.trimmed.text
        case .word, .command:
            let line = Array("A=".utf8) + text.utf8 + [ASCII.lineFeed]
            let readings = [Dialect.sh, .bash].map { $0.read(line, environment: [:])["A"] }
            guard case .text(let value)? = readings[0], readings[1] == .text(value) else { return nil }
            return value
        case .sql: return Self.undouble(text.utf8, ASCII.singleQuote)
        case .identifier: return Self.undouble(text.utf8, ASCII.doubleQuote)
        case .url: return Self.percentDecode(text.utf8)
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool { byte.isAlphanumeric || "_-./:@,+=".utf8.contains(byte) }

    // MARK: Quotes

    private static func quote(_ bytes: String.UTF8View, _ quote: UInt8, escape: (UInt8) -> [UInt8]) -> String {
        var result = [quote]
        for byte in bytes {
            let isSpecial = byte == quote || byte == ASCII.backslash && escape(byte).first == ASCII.backslash
            result += isSpecial ? escape(byte) : [byte]
        }
        return (result + [quote]).text
    }

    /// A quote inside ends the string, stands escaped, and starts it again.
    private static func word(_ value: String) -> String? {
        if !value.isEmpty, value.utf8.allSatisfy(isPlain) { return value }
        return "'" + value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    /// Between the quotes, with each doubled quote made one.
    private static func undouble(_ text: String.UTF8View, _ quote: UInt8) -> String? {
        guard text.count >= 2, text.first == quote, text.last == quote else { return nil }
        var result: [UInt8] = []
        var rest = text.dropFirst().dropLast()
        while let byte = rest.popFirst() {
            if byte == quote {
                guard rest.popFirst() == quote else { return nil }
            }
            result.append(byte)
        }
        return result.text
    }

    /// As ngx_conf_read_token does.
    private static func unescape(_ text: String.UTF8View) -> String? {
        guard text.count >= 2, text.first == ASCII.doubleQuote, text.last == ASCII.doubleQuote else { return nil }
        var result: [UInt8] = []
        var rest = text.dropFirst().dropLast()
        while let byte = rest.popFirst() {
            if byte == ASCII.doubleQuote { return nil }
            guard byte == ASCII.backslash else {
                result.append(byte)
                continue
            }
            guard let next = rest.popFirst(), next == ASCII.backslash || next == ASCII.doubleQuote else {
                return nil
            }
            result.append(next)
        }
        return result.text
    }

    // MARK: Percent

    private static func percentEncode(_ bytes: String.UTF8View) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let encoded = bytes.flatMap { byte -> [UInt8] in
            let isUnreserved = byte.isAlphanumeric || "-._~".utf8.contains(byte)
            return isUnreserved
                ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return encoded.text
    }

    private static func percentDecode(_ text: String.UTF8View) -> String? {
        var result: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            guard let high = rest.popFirst(), let low = rest.popFirst(),
                let number = UInt8([high, low].text, radix: 16)
            else { return nil }
            result.append(number)
        }
        return String(validating: result, as: UTF8.self)
    }

    /// What the place cannot carry, in words.
    var refused: String {
        switch self {
        case .plain: "anything but letters, digits and _ - . / : @ , + ="
        case .json, .url: "bytes that are not UTF-8"
        case .nginx: "$ and control characters"
        case .ini: "quotes, % ; # $ \\ `, control characters, and white space at its ends"
        case .word: "control characters"
        case .command: "% and ; and control characters"
        case .sql: "backslashes and control characters"
        case .identifier: "control characters"
        }
    }

    /// Such as `a shell's word`.
    package var title: String {
        switch self {
        case .plain: "a place without quotes"
        case .json: "a YAML or JSON string"
        case .nginx: "nginx' configuration"
        case .ini: "an INI file"
        case .word: "a shell's word"
        case .command: "a command of supervisord"
        case .sql: "an SQL string"
        case .identifier: "an SQL identifier"
        case .url: "a URL"
        }
    }
}
