/// python-dotenv's `dotenv_values`: the regular expressions of its parser.py and variables.py, by hand.
///
/// The file is read in text mode: each `\r\n` and `\r` counts as a line feed, also within quotes.
struct PythonDotenvReader {
    private var cursor: ByteCursor
    private let environment: [String: String]
    private var reading = DialectReading()

    static func read(_ bytes: [UInt8], environment: [String: String]) -> DialectReading {
        guard String(validating: bytes, as: UTF8.self) != nil else { return .refused(at: 0) }
        var reader = PythonDotenvReader(
            cursor: ByteCursor(bytes, at: bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0), environment: environment
        )
        reader.run()
        return reader.reading
    }

    private init(cursor: ByteCursor, environment: [String: String]) {
        self.cursor = cursor
        self.environment = environment
    }

    private mutating func run() {
        while !cursor.isAtEnd, reading.failure == nil {
            skipSpace(acrossLines: true)
            let start = cursor.offset
            guard !cursor.isAtEnd else { return }
            guard let binding = binding() else {
                skipLine()
                continue
            }
            guard let name = binding.name else { continue }
            guard let value = binding.value else {
                reading.assign(name, .none, start..<cursor.offset)
                continue
            }
            reading.assign(name, .text(expand(value, at: start).text), start..<cursor.offset)
        }
    }

    private struct Binding {
        var name: String?
        var value: [UInt8]?
    }

    /// nil, and the cursor where reading ended, for a line in error.
    private mutating func binding() -> Binding? {
        skipExport()
        guard let name = name() else { return nil }
        skipSpace()
        var value: [UInt8]?
        if cursor.take(ASCII.equals) {
            let sign = cursor.offset
            skipSpace()
            // `NAME= # comment` is empty, `NAME=#text` is not.
            let isComment = cursor.offset > sign && cursor.peek() == ASCII.hash
            guard let read = isComment ? [] : self.value() else { return nil }
            value = read
        }
        skipComment()
        return endLine() ? Binding(name: name.isEmpty ? nil : name, value: value) : nil
    }

    private mutating func skipExport() {
        guard cursor.starts(with: "export") else { return }
        let start = cursor.offset
        cursor.offset += 6
        let word = cursor.offset
        skipSpace()
        if cursor.offset == word { cursor.offset = start }
    }

    /// Empty for a comment; nil where there is no name.
    private mutating func name() -> String? {
        if cursor.peek() == ASCII.hash { return "" }
        let start = cursor.offset
        if cursor.peek() == ASCII.singleQuote {
            guard let close = cursor.find(ASCII.singleQuote, from: 1), close > start + 1 else { return nil }
            cursor.offset = close + 1
            return Self.text(cursor.bytes[(start + 1)..<close]).text
        }
        while let byte = cursor.peek(), byte != ASCII.equals, byte != ASCII.hash, spaceLength() == 0 {
            cursor.offset += 1
        }
        return cursor.offset > start ? cursor.bytes[start..<cursor.offset].text : nil
    }

    // MARK: Values

    private mutating func value() -> [UInt8]? {
        switch cursor.peek() {
        case ASCII.singleQuote: return quoted(ASCII.singleQuote, escapes: "\\'")
        case ASCII.doubleQuote: return quoted(ASCII.doubleQuote, escapes: "\\'\"abfnrtv")
        case nil, ASCII.lineFeed, ASCII.carriageReturn: return []
        default: return unquoted()
        }
    }

    /// Up to `white space #` or the end of the line, without trailing white space.
    private mutating func unquoted() -> [UInt8] {
        let start = cursor.offset
        var end = start
        var isComment = false
        while let byte = cursor.peek(), byte != ASCII.lineFeed, byte != ASCII.carriageReturn {
            let space = spaceLength()
            if byte == ASCII.hash, cursor.offset > end { isComment = true }
            cursor.offset += max(space, 1)
            if space == 0, !isComment { end = cursor.offset }
        }
        return Array(cursor.bytes[start..<end])
    }

    private mutating func quoted(_ quote: UInt8, escapes: StaticString) -> [UInt8]? {
        let start = cursor.offset + 1
        guard let close = closingQuote(quote, from: start) else { return nil }
        cursor.offset = close + 1
        return Self.unescape(Self.text(cursor.bytes[start..<close]), escapes)
    }

    /// A backslash takes the character behind it along, whatever it is.
    private func closingQuote(_ quote: UInt8, from start: Int) -> Int? {
        var index = start
        while index < cursor.bytes.count, cursor.bytes[index] != quote {
            index += cursor.bytes[index] == ASCII.backslash ? 2 : 1
        }
        return index < cursor.bytes.count ? index : nil
    }

    private static func unescape(_ text: [UInt8], _ escapes: StaticString) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            let next = index + 1 < text.count ? text[index + 1] : 0
            if text[index] == ASCII.backslash, escapes.withUTF8Buffer({ $0.contains(next) }) {
                result.append(Self.meaning(of: next))
                index += 2
            } else {
                result.append(text[index])
                index += 1
            }
        }
        return result
    }

    private static func meaning(of escape: UInt8) -> UInt8 {
        switch escape {
        case UInt8(ascii: "a"): 7
        case UInt8(ascii: "b"): 8
        case UInt8(ascii: "t"): 9
        case UInt8(ascii: "n"): 10
        case UInt8(ascii: "v"): 11
        case UInt8(ascii: "f"): 12
        case UInt8(ascii: "r"): 13
        default: escape
        }
    }

    /// With line feeds for all line ends.
    private static func text(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(ASCII.carriageReturn) else { return Array(bytes) }
        var result: [UInt8] = []
        for (index, byte) in zip(bytes.indices, bytes) {
            if byte == ASCII.lineFeed, index > bytes.startIndex, bytes[index - 1] == ASCII.carriageReturn {
                continue
            }
            result.append(byte == ASCII.carriageReturn ? ASCII.lineFeed : byte)
        }
        return result
    }

    // MARK: References

    /// Replaces `${NAME}` and `${NAME:-default}`.
    private mutating func expand(_ value: [UInt8], at offset: Int) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        var close = -1
        while index < value.count, reading.failure == nil {
            let opens =
                value[index] == ASCII.dollar && index + 1 < value.count && value[index + 1] == ASCII.openBrace
            if opens, close < index { close = value[index...].firstIndex(of: ASCII.closeBrace) ?? value.count }
            guard opens, close < value.count, let text = reference(value[(index + 2)..<close], at: offset) else {
                result.append(value[index])
                index += 1
                continue
            }
            result += text
            index = close + 1
        }
        return result
    }

    /// What stands between the braces; nil where it is no reference.
    private mutating func reference(_ content: ArraySlice<UInt8>, at offset: Int) -> [UInt8]? {
        let colon = content.firstIndex(of: ASCII.colon)
        var fallback: ArraySlice<UInt8> = []
        if let colon {
            guard content[(colon + 1)...].first == UInt8(ascii: "-") else { return nil }
            fallback = content[(colon + 2)...]
        }
        let name = content[..<(colon ?? content.endIndex)].text
        switch reading[name] {
        case .text(let text): return reading.bringIn(text, at: offset)
        case .some: return []
        case nil: return environment[name].map { reading.bringIn($0, at: offset) } ?? Array(fallback)
        }
    }

    // MARK: Moving on

    private mutating func skipSpace(acrossLines: Bool = false) {
        while let byte = cursor.peek() {
            if !acrossLines, byte == ASCII.lineFeed || byte == ASCII.carriageReturn { return }
            let length = spaceLength()
            guard length > 0 else { return }
            cursor.offset += length
        }
    }

    private mutating func skipComment() {
        let start = cursor.offset
        skipSpace()
        guard cursor.peek() == ASCII.hash else {
            cursor.offset = start
            return
        }
        cursor.skip { $0 != ASCII.lineFeed && $0 != ASCII.carriageReturn }
    }

    private mutating func endLine() -> Bool {
        let start = cursor.offset
        skipSpace()
        if cursor.isAtEnd { return true }
        let isReturn = cursor.take(ASCII.carriageReturn)
        if cursor.take(ASCII.lineFeed) || isReturn { return true }
        cursor.offset = start
        return false
    }

    private mutating func skipLine() {
        cursor.skip { $0 != ASCII.lineFeed && $0 != ASCII.carriageReturn }
        _ = cursor.take(ASCII.carriageReturn)
        _ = cursor.take(ASCII.lineFeed)
    }

    /// The bytes of the white space character at the cursor, by Python's `str.isspace`; 0 for anything else.
    private func spaceLength() -> Int {
        guard let first = cursor.peek() else { return 0 }
        if first < 0x80 {
            return first == 0x20 || first >= 9 && first <= 13 || first >= 0x1C && first <= 0x1F ? 1 : 0
        }
        guard let second = cursor.peek(1) else { return 0 }
        if first == 0xC2 { return second == 0x85 || second == 0xA0 ? 2 : 0 }
        guard let third = cursor.peek(2) else { return 0 }
        switch (first, second) {
        case (0xE1, 0x9A): return third == 0x80 ? 3 : 0
        case (0xE2, 0x80): return third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF ? 3 : 0
        case (0xE2, 0x81): return third == 0x9F ? 3 : 0
        case (0xE3, 0x80): return third == 0x80 ? 3 : 0
        default: return 0
        }
    }
}
