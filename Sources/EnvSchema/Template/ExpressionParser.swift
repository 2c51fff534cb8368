/// Reads expressions, and the entries of comment lines. What a bracket holds may go on in the next line, which in a comment
/// starts with `#` again.
struct ExpressionParser {
    /// Where the expression stands.
    enum Place {
        /// In a comment, decorators with `@` or notes without.
        case decorators
        case notes
        /// Behind the `=` of a variable.
        case value
    }

    private let bytes: [UInt8]
    private let place: Place
    private(set) var cursor: Int
    /// How many brackets are open.
    private var depth = 0
    private static let deepest = 24

    init(_ bytes: [UInt8], at offset: Int, in place: Place) {
        self.bytes = bytes
        self.place = place
        cursor = offset
    }

    /// The entries up to the end of the line or to ` #`; the offset of what cannot be read.
    mutating func entries() -> (entries: [Entry], failure: Int?) {
        var entries: [Entry] = []
        while true {
            skipBlanks()
            guard let byte = peek, byte != ASCII.lineFeed, byte != ASCII.hash else { return (entries, nil) }
            let start = cursor
            guard let entry = entry() else { return (entries, start) }
            entries.append(entry)
            if let next = peek, !next.isWhitespace { return (entries, start) }
        }
    }

    private mutating func entry() -> Entry? {
        let start = cursor
        if place == .decorators {
            guard take("@") else { return nil }
        }
        let name = name()
        guard !name.isEmpty else { return nil }
        if take("=") {
            guard let value = expression() else { return nil }
            return Entry(name: name, value: value, offset: start)
        }
        guard peek == UInt8(ascii: "(") else { return Entry(name: name, value: nil, offset: start) }
        guard let arguments = arguments(until: ")") else { return nil }
        return Entry(
            name: name, value: Expression(kind: .call, arguments: arguments, offset: start), offset: start)
    }

    /// The expression that starts here; nil where there is none.
    mutating func expression() -> Expression? {
        let start = cursor
        switch peek {
        case UInt8(ascii: "["):
            return arguments(until: "]").map { Expression(kind: .list, arguments: $0, offset: start) }
        case UInt8(ascii: "{"):
            return arguments(until: "}").map { Expression(kind: .record, arguments: $0, offset: start) }
        case ASCII.doubleQuote?, ASCII.singleQuote?, UInt8(ascii: "`"): return quoted()
        default: break
        }
        let name = name()
        if !name.isEmpty, peek == UInt8(ascii: "(") {
            return arguments(until: ")").map {
                Expression(kind: .call, word: name, arguments: $0, offset: start)
            }
        }
        cursor = start
        let word = word()
        return word.isEmpty ? nil : Expression(kind: .word, word: word, offset: start)
    }

    /// At the opening bracket.
    private mutating func arguments(until close: Unicode.Scalar) -> [Expression.Argument]? {
        guard depth < Self.deepest else { return nil }
        depth += 1
        defer { depth -= 1 }
        cursor += 1
        var arguments: [Expression.Argument] = []
        while skipGap() {
            if take(close) { return arguments }
            guard let argument = argument() else { return nil }
            arguments.append(argument)
            guard skipGap() else { return nil }
            guard take(",") || peek == UInt8(ascii: close) else { return nil }
        }
        return nil
    }

    private mutating func argument() -> Expression.Argument? {
        let start = cursor
        let name = name()
        if !name.isEmpty, take("="), let value = expression() { return .init(name: name, value: value) }
        cursor = start
        return expression().map { .init(name: nil, value: $0) }
    }

    private mutating func quoted() -> Expression? {
        guard let quote = peek else { return nil }
        let start = cursor
        var text: [UInt8] = []
        var offset = cursor + 1
        while offset < bytes.count, bytes[offset] != ASCII.lineFeed {
            let byte = bytes[offset]
            if byte == quote {
                cursor = offset + 1
                let kind = Expression.Kind.text(isSingleQuoted: quote == ASCII.singleQuote)
                return Expression(kind: kind, word: text.text, offset: start)
            }
            if byte == ASCII.backslash, offset + 1 < bytes.count {
                let next = bytes[offset + 1]
                let isNewline = next == UInt8(ascii: "n") && quote != ASCII.singleQuote
                if next == quote || isNewline {
                    text.append(isNewline ? ASCII.lineFeed : quote)
                    offset += 2
                    continue
                }
            }
            text.append(byte)
            offset += 1
        }
        return nil
    }

    /// An unquoted value: within brackets up to what ends it there, outside up to white space.
    private mutating func word() -> String {
        let start = cursor
        if depth > 0, skipPattern() { return bytes[start..<cursor].text }
        var braces = 0
        while let byte = peek, byte != ASCII.lineFeed, byte != ASCII.carriageReturn {
            if byte == ASCII.openBrace, cursor > start, bytes[cursor - 1] == ASCII.dollar { braces += 1 }
            if depth > 0, ",)]}".utf8.contains(byte), braces == 0 { break }
            if depth == 0, place != .value, byte.isBlank || "()\"'`".utf8.contains(byte) { break }
            if byte == ASCII.hash, depth == 0 || place == .value { break }
            if byte == ASCII.closeBrace, braces > 0 { braces -= 1 }
            cursor += 1
        }
        return bytes[start..<cursor].trimmed.text
    }

    /// `/pattern/flags`, in which commas and brackets mean nothing.
    private mutating func skipPattern() -> Bool {
        guard peek == UInt8(ascii: "/") else { return false }
        var offset = cursor + 1
        while offset < bytes.count, bytes[offset] != ASCII.lineFeed {
            if bytes[offset] == UInt8(ascii: "/") {
                offset += 1
                while offset < bytes.count, bytes[offset].isLowercase { offset += 1 }
                guard offset < bytes.count, ",)]} ".utf8.contains(bytes[offset]) else { return false }
                cursor = offset
                return true
            }
            offset += bytes[offset] == ASCII.backslash ? 2 : 1
        }
        return false
    }

    // MARK: Moving on

    private var peek: UInt8? { cursor < bytes.count ? bytes[cursor] : nil }

    private mutating func take(_ sign: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: sign) else { return false }
        cursor += 1
        return true
    }

    private mutating func name() -> String {
        let start = cursor
        guard let first = peek, first.startsName else { return "" }
        while let byte = peek, byte.continuesName || byte == UInt8(ascii: "-") { cursor += 1 }
        return bytes[start..<cursor].text
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte.isBlank { cursor += 1 }
    }

    /// Within brackets: moves over white space, comments and the starts of lines; false at the end of what may be read.
    private mutating func skipGap() -> Bool {
        while true {
            skipBlanks()
            guard let byte = peek else { return false }
            if byte == ASCII.hash, isCommentStart {
                while let byte = peek, byte != ASCII.lineFeed { cursor += 1 }
            } else if byte == ASCII.lineFeed {
                cursor += 1
                guard place != .value else { continue }
                skipBlanks()
                guard take("#") else { return false }
            } else {
                return true
            }
        }
    }

    /// In a comment `#tag` is a value, and `# words` are a comment.
    private var isCommentStart: Bool {
        guard place != .value, cursor + 1 < bytes.count else { return true }
        return bytes[cursor + 1].isWhitespace
    }
}
