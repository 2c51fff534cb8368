/// Cuts the bytes of a `.env` file into items, statement by statement, as compose-go's `dotenv/parser.go` does; but where
/// that one gives up, this one says why and goes on with the next line.
struct DocumentParser {
    private let bytes: [UInt8]
    private let lines: LineIndex
    private var cursor = 0
    private var expander: ReferenceExpander
    private(set) var items: [Item] = []
    private(set) var assignments: [Assignment] = []
    private(set) var problems: [Finding] = []
    /// Where Docker Compose refuses the file; nil where it reads it.
    private(set) var refusedAt: Int?

    init(_ bytes: [UInt8], lines: LineIndex, environment: [String: String]) {
        self.bytes = bytes
        self.lines = lines
        expander = ReferenceExpander(environment: environment.mapValues { Array($0.utf8) })
    }

    mutating func run() {
        inspectEncoding()
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            cursor = 3
            items.append(Item(kind: .byteOrderMark, range: 0..<3))
            report(.byteOrderMark, at: 0)
        }
        while cursor < bytes.count {
            let start = cursor
            let kind = statement()
            items.append(Item(kind: kind, range: start..<cursor))
        }
    }

    /// One finding for the file: it has one cure.
    private mutating func inspectEncoding() {
        if String(validating: bytes, as: UTF8.self) == nil {
            report(.notUTF8, at: Self.firstInvalid(in: bytes))
        }
        var search = bytes[...]
        while let offset = search.firstIndex(of: ASCII.carriageReturn) {
            if offset + 1 < bytes.count, bytes[offset + 1] == ASCII.lineFeed {
                return report(.carriageReturns, at: offset)
            }
            search = bytes[(offset + 1)...]
        }
    }

    private static func firstInvalid(in bytes: [UInt8]) -> Int {
        var offset = 0
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
        return min(offset, bytes.count)
    }

    // MARK: Statements

    private mutating func statement() -> Item.Kind {
        skipBlanks()
        guard let first = peek, first != ASCII.lineFeed else {
            skipLine()
            return .blank
        }
        if first == ASCII.hash {
            skipLine()
            return .comment
        }
        guard let name = name() else {
            skipLine()
            return .unreadable
        }
        return assignment(name)
    }

    /// Reads the name and the sign after it; nil when there is none.
    private mutating func name() -> Range<Int>? {
        skipExport()
        let start = cursor
        while let byte = peek, byte.continuesName || ".-[]".utf8.contains(byte) { cursor += 1 }
        let name = start..<cursor
        skipBlanks()
        guard let sign = peek, sign != ASCII.lineFeed else {
            report(.missingEquals, at: start)
            return nil
        }
        guard !name.isEmpty, sign == ASCII.equals || sign == ASCII.colon else {
            report(.invalidName, at: cursor)
            refusedAt = refusedAt ?? cursor
            return nil
        }
        if sign == ASCII.colon { report(.colonSeparator, at: cursor) }
        cursor += 1
        return name
    }

    /// `export ` before a name is what shells need and others pass over.
    private mutating func skipExport() {
        let word = Array("export".utf8)
        guard bytes[cursor...].starts(with: word), cursor + word.count < bytes.count,
            bytes[cursor + word.count].isBlank
        else { return }
        cursor += word.count
        skipBlanks()
        // `export = x` assigns the name `export`.
        if let next = peek, next == ASCII.equals || next == ASCII.colon { cursor -= 1 + word.count }
    }

    private mutating func assignment(_ name: Range<Int>) -> Item.Kind {
        skipBlanks()
        let start = cursor
        let nameText = bytes[name].text
        guard let reading = value() else { return .unreadable }
        let expansion = reading.isLiteral ? .init(bytes: reading.bytes) : expander.expand(reading.bytes)
        if let problem = expansion.problem { report(problem, at: start) }
        if expansion.isRefused { refusedAt = refusedAt ?? start }
        let value = expansion.bytes
        expander.define(nameText, value)
        assignments.append(
            Assignment(
                name: nameText, value: value.text, position: position(name.lowerBound),
                valuePosition: position(start), valueRange: start..<reading.end,
                hasProblem: expansion.problem != nil))
        return .assignment(assignments.count - 1)
    }

    // MARK: Values

    private struct Reading {
        var bytes: [UInt8]
        /// Where the value as written ends.
        var end: Int
        /// Nothing in it refers to other variables.
        var isLiteral = false
    }

    private mutating func value() -> Reading? {
        guard let quote = peek, quote == ASCII.singleQuote || quote == ASCII.doubleQuote else {
            return unquotedValue()
        }
        let start = cursor
        guard let content = quotedContent(quote) else {
            report(.unterminatedQuote, at: start)
            refusedAt = refusedAt ?? start
            skipLine()
            return nil
        }
        let end = cursor
        skipBlanks()
        if let next = peek, next != ASCII.lineFeed, next != ASCII.hash {
            report(.textAfterQuote, at: cursor, context: .init(number: position(start).line))
        }
        skipLine()
        if quote == ASCII.singleQuote { return Reading(bytes: content, end: end, isLiteral: true) }
        return Reading(bytes: Escapes.expand(content), end: end)
    }

    private mutating func unquotedValue() -> Reading {
        let start = cursor
        if peek == ASCII.hash { report(.commentAsValue, at: start) }
        var end = cursor
        var isComment = false
        while let byte = peek, byte != ASCII.lineFeed {
            if byte == ASCII.hash, cursor > start, bytes[cursor - 1] == ASCII.space { isComment = true }
            if !isComment, !byte.isBlank { end = cursor + 1 }
            cursor += 1
        }
        skipLine()
        let value = Array(bytes[start..<end])
        return Reading(bytes: value, end: end, isLiteral: !value.contains(ASCII.dollar))
    }

    /// What stands between the quotes, without the backslashes before quotes; nil, and the cursor where it was, when the
    /// closing quote is missing.
    private mutating func quotedContent(_ quote: UInt8) -> [UInt8]? {
        var content: [UInt8] = []
        var offset = cursor + 1
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == quote {
                cursor = offset + 1
                return content
            }
            if byte == ASCII.backslash, offset + 1 < bytes.count {
                let next = bytes[offset + 1]
                content += next == quote ? [quote] : [byte, next]
                offset += 2
            } else {
                content.append(byte)
                offset += 1
            }
        }
        return nil
    }

    // MARK: Moving on

    private var peek: UInt8? { cursor < bytes.count ? bytes[cursor] : nil }

    private mutating func skipBlanks() {
        while let byte = peek, byte.isBlank { cursor += 1 }
    }

    private mutating func skipLine() {
        while let byte = peek {
            cursor += 1
            if byte == ASCII.lineFeed { return }
        }
    }

    private func position(_ offset: Int) -> SourcePosition { lines.position(of: offset, in: bytes) }

    private mutating func report(_ code: FindingCode, at offset: Int, context: Finding.Context = .init()) {
        problems.append(Finding(code, at: position(offset), context: context))
    }
}
