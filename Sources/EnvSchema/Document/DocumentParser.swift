/// Cuts the bytes of a `.env` file into statements, as compose-go's `dotenv/parser.go` does; but where that one gives up,
/// this one says why and goes on with the next line.
struct DocumentParser {
    let bytes: [UInt8]
    let lines: LineIndex
    private(set) var nodes: [SyntaxTree.Node] = []
    private(set) var records: [AssignmentRecord] = []
    private(set) var expansions: [[UInt8]] = []
    private(set) var names = NameTable()
    private(set) var problems = FindingList()
    /// Where Docker Compose refuses the file; nil where it reads it.
    private(set) var refusedAt: Int?
    private var expander = ReferenceExpander()
    /// What the process has beats what stands in the file.
    private let environment: [String: String]
    private var cursor = 0

    static func parse(_ bytes: [UInt8], environment: [String: String]) -> SyntaxTree {
        var parser = DocumentParser(bytes, environment: environment)
        parser.run()
        return SyntaxTree(parser)
    }

    private init(_ bytes: [UInt8], environment: [String: String]) {
        self.bytes = bytes
        self.environment = environment
        lines = LineIndex(bytes)
        nodes.reserveCapacity(lines.count)
        records.reserveCapacity(min(lines.count, bytes.count / 4))
    }

    private mutating func run() {
        inspectEncoding()
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            cursor = 3
            nodes.append(.init(kind: .byteOrderMark, end: 3))
            report(.byteOrderMark, at: 0)
        }
        while cursor < bytes.count {
            let kind = statement()
            nodes.append(.init(kind: kind, end: UInt32(cursor)))
        }
    }

    /// One finding of each kind for the file: each has one cure.
    private mutating func inspectEncoding() {
        do throws(UTF8.ValidationError) {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            report(.notUTF8, at: error.byteOffsets.lowerBound)
        }
        if let offset = lines.carriageReturn { report(.carriageReturns, at: offset) }
        if let offset = lines.loneCarriageReturn { report(.loneCarriageReturn, at: offset) }
        if let offset = lines.nul { report(.nulByte, at: offset) }
    }

    // MARK: Statements

    private mutating func statement() -> SyntaxTree.Node.Kind {
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
        while let byte = peek, byte.continuesName || byte == ASCII.dot || Self.isNameSign(byte) { cursor += 1 }
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

    private static func isNameSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
    }

    /// `export ` before a name is what shells need and others pass over.
    private mutating func skipExport() {
        guard peek == UInt8(ascii: "e"), bytes[cursor...].starts(with: "export".utf8), cursor + 6 < bytes.count,
            bytes[cursor + 6].isBlank
        else { return }
        cursor += 6
        skipBlanks()
        // `export = x` assigns the name `export`.
        if let next = peek, next == ASCII.equals || next == ASCII.colon { cursor -= 7 }
    }

    private mutating func assignment(_ name: Range<Int>) -> SyntaxTree.Node.Kind {
        skipBlanks()
        let start = cursor
        guard let reading = value() else { return .unreadable }
        var record = AssignmentRecord(
            name: UInt32(name.lowerBound)..<UInt32(name.upperBound),
            written: UInt32(start)..<UInt32(reading.end))
        record.isQuoted = reading.isQuoted
        if let text = reading.text { expand(text, reading.isLiteral, of: &record, at: start) }
        records.append(record)
        records[records.count - 1].previous = names.insertLast(of: records, bytes)
        return .assignment(UInt32(records.count - 1))
    }

    /// Resolves the references in a value.
    private mutating func expand(
        _ text: [UInt8], _ isLiteral: Bool, of record: inout AssignmentRecord, at start: Int
    ) {
        let expansion = isLiteral ? .init(bytes: text) : expander.expand(text, Names(self))
        if let problem = expansion.problem { report(problem, at: start) }
        if expansion.isRefused { refusedAt = refusedAt ?? start }
        record.hasProblem = expansion.problem != nil
        record.expansion = Int32(expansions.count)
        expansions.append(expansion.bytes)
    }

    /// What stands above the value that is being read.
    private struct Names: ReferencedValues {
        private let bytes: [UInt8]
        private let records: [AssignmentRecord]
        private let expansions: [[UInt8]]
        private let names: NameTable
        private let environment: [String: String]

        init(_ parser: DocumentParser) {
            (bytes, records, expansions) = (parser.bytes, parser.records, parser.expansions)
            (names, environment) = (parser.names, parser.environment)
        }

        func value(of name: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
            if !environment.isEmpty, let value = environment[name.text] { return Array(value.utf8)[...] }
            return names.find(name, records, bytes).map { records[$0].value(in: bytes, expansions) }
        }
    }

    // MARK: Values

    private struct Reading {
        /// Where the value as written ends.
        var end: Int
        var isQuoted = false
        /// The value where it is not what is written, or holds references.
        var text: [UInt8]?
        /// Nothing in it refers to other variables.
        var isLiteral = false
    }

    private mutating func value() -> Reading? {
        guard let quote = peek, quote == ASCII.singleQuote || quote == ASCII.doubleQuote else {
            return unquotedValue()
        }
        let start = cursor
        guard let hasSpecial = skipQuoted(quote) else {
            report(.unterminatedQuote, at: start)
            refusedAt = refusedAt ?? start
            skipLine()
            return nil
        }
        let end = cursor
        skipBlanks()
        if let next = peek, next != ASCII.lineFeed, next != ASCII.hash {
            let line = lines.position(of: start, in: bytes).line
            report(.textAfterQuote, at: cursor, context: .init(number: line))
        }
        skipLine()
        guard hasSpecial else { return Reading(end: end, isQuoted: true) }
        let content = Self.unescapeQuotes(bytes[(start + 1)..<(end - 1)], quote)
        let isSingle = quote == ASCII.singleQuote
        return Reading(
            end: end, isQuoted: true, text: isSingle ? content : Escapes.expand(content), isLiteral: isSingle)
    }

    private mutating func unquotedValue() -> Reading {
        let start = cursor
        if peek == ASCII.hash { report(.commentAsValue, at: start) }
        var end = cursor
        var isComment = false
        var hasReference = false
        while cursor < bytes.count {
            let byte = bytes[cursor]
            if byte == ASCII.lineFeed { break }
            if byte == ASCII.hash, cursor > start, bytes[cursor - 1] == ASCII.space { isComment = true }
            if !isComment, !byte.isBlank {
                end = cursor + 1
                if byte == ASCII.dollar { hasReference = true }
            }
            cursor += 1
        }
        if cursor < bytes.count { cursor += 1 }
        return Reading(end: end, text: hasReference ? Array(bytes[start..<end]) : nil)
    }

    /// Moves over a quoted value; nil, and the cursor where it was, when the closing quote is missing.
    ///
    /// - Returns: Whether there is a backslash or a dollar sign in it.
    private mutating func skipQuoted(_ quote: UInt8) -> Bool? {
        var hasSpecial = false
        var offset = cursor + 1
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == quote {
                cursor = offset + 1
                return hasSpecial
            }
            if byte == ASCII.backslash {
                hasSpecial = true
                offset += 1
            } else if byte == ASCII.dollar {
                hasSpecial = true
            }
            offset += 1
        }
        return nil
    }

    /// Without the backslashes before quotes.
    private static func unescapeQuotes(_ text: ArraySlice<UInt8>, _ quote: UInt8) -> [UInt8] {
        var content: [UInt8] = []
        content.reserveCapacity(text.count)
        var offset = text.startIndex
        while offset < text.endIndex {
            let byte = text[offset]
            if byte == ASCII.backslash, offset + 1 < text.endIndex {
                let next = text[offset + 1]
                if next != quote { content.append(byte) }
                content.append(next)
                offset += 2
            } else {
                content.append(byte)
                offset += 1
            }
        }
        return content
    }

    // MARK: Moving on

    private var peek: UInt8? { cursor < bytes.count ? bytes[cursor] : nil }

    private mutating func skipBlanks() {
        while cursor < bytes.count, bytes[cursor].isBlank { cursor += 1 }
    }

    private mutating func skipLine() {
        while cursor < bytes.count {
            cursor += 1
            if bytes[cursor - 1] == ASCII.lineFeed { return }
        }
    }

    private mutating func report(_ code: FindingCode, at offset: Int, context: Finding.Context = .init()) {
        let (lines, bytes) = (lines, bytes)
        problems.append(code) { Finding(code, at: lines.position(of: offset, in: bytes), context: context) }
    }
}
