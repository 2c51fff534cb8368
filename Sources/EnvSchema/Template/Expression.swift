/// What stands after the `=` of a decorator or note: a word, a quoted text, or a call such as `port(min=1)`.
struct Expression: Hashable {
    /// The word, the text, or the function's name.
    var word: String
    /// Nil for anything but a call.
    var arguments: [Argument]?
    /// The offset of its first byte.
    var offset: Int

    struct Argument: Hashable {
        /// Nil for a positional argument.
        var name: String?
        var value: String
    }

    /// The arguments without names; nil when one has a name.
    var positional: [String]? {
        guard let arguments, arguments.allSatisfy({ $0.name == nil }) else { return nil }
        return arguments.map(\.value)
    }
}

/// `name`, `name=expression` or `name(arguments)`: one decorator, or one word of a note.
struct Entry: Hashable {
    var name: String
    var value: Expression?
    var offset: Int
}

/// Reads the entries of one comment line.
struct EntryParser {
    private let bytes: [UInt8]
    private let end: Int
    private var cursor: Int
    /// Whether each entry starts with `@`.
    private let isDecorated: Bool

    init(_ bytes: [UInt8], range: Range<Int>, isDecorated: Bool) {
        self.bytes = bytes
        cursor = range.lowerBound
        end = range.upperBound
        self.isDecorated = isDecorated
    }

    /// The entries up to the end or to ` #`; the offset of what cannot be read.
    mutating func entries() -> (entries: [Entry], failure: Int?) {
        var entries: [Entry] = []
        while true {
            skipBlanks()
            guard let byte = peek, byte != ASCII.hash else { return (entries, nil) }
            let start = cursor
            guard let entry = entry() else { return (entries, start) }
            entries.append(entry)
            if let next = peek, !next.isBlank { return (entries, start) }
        }
    }

    private mutating func entry() -> Entry? {
        let start = cursor
        if isDecorated {
            guard peek == UInt8(ascii: "@") else { return nil }
            cursor += 1
        }
        let name = word { $0.continuesName || $0 == UInt8(ascii: "-") }
        guard !name.isEmpty else { return nil }
        switch peek {
        case ASCII.equals:
            cursor += 1
            guard let value = expression() else { return nil }
            return Entry(name: name, value: value, offset: start)
        case UInt8(ascii: "("):
            guard let arguments = arguments() else { return nil }
            return Entry(
                name: name, value: Expression(word: "", arguments: arguments, offset: start), offset: start)
        default:
            return Entry(name: name, value: nil, offset: start)
        }
    }

    private mutating func expression() -> Expression? {
        let start = cursor
        if let text = quoted() { return Expression(word: text, arguments: nil, offset: start) }
        let word = word { !$0.isBlank && !"()\"'`#".utf8.contains($0) }
        guard peek == UInt8(ascii: "(") else {
            return word.isEmpty ? nil : Expression(word: word, arguments: nil, offset: start)
        }
        return arguments().map { Expression(word: word, arguments: $0, offset: start) }
    }

    /// At the opening parenthesis.
    private mutating func arguments() -> [Expression.Argument]? {
        cursor += 1
        var arguments: [Expression.Argument] = []
        skipBlanks()
        while let byte = peek, byte != UInt8(ascii: ")") {
            guard let argument = argument() else { return nil }
            arguments.append(argument)
            skipBlanks()
            if peek == UInt8(ascii: ",") {
                cursor += 1
                skipBlanks()
            } else if peek != UInt8(ascii: ")") {
                return nil
            }
        }
        guard peek != nil else { return nil }
        cursor += 1
        return arguments
    }

    private mutating func argument() -> Expression.Argument? {
        if let text = quoted() { return .init(name: nil, value: text) }
        let first = word { !$0.isBlank && !"(),=\"'`#".utf8.contains($0) }
        guard !first.isEmpty else { return nil }
        guard peek == ASCII.equals else { return .init(name: nil, value: first) }
        cursor += 1
        if let text = quoted() { return .init(name: first, value: text) }
        let value = word { !$0.isBlank && !"(),\"'`#".utf8.contains($0) }
        return value.isEmpty ? nil : .init(name: first, value: value)
    }

    private mutating func quoted() -> String? {
        guard let quote = peek, "\"'`".utf8.contains(quote),
            let close = bytes[(cursor + 1)..<end].firstIndex(of: quote)
        else { return nil }
        defer { cursor = close + 1 }
        return bytes[(cursor + 1)..<close].text
    }

    private mutating func word(_ belongs: (UInt8) -> Bool) -> String {
        let start = cursor
        while let byte = peek, belongs(byte) { cursor += 1 }
        return bytes[start..<cursor].text
    }

    private var peek: UInt8? { cursor < end ? bytes[cursor] : nil }

    private mutating func skipBlanks() {
        while let byte = peek, byte.isBlank { cursor += 1 }
    }
}
