/// A `.env` file: every byte of it, and what Docker Compose (compose-go) reads from it.
///
/// Reading never fails; what could not be read stands in `problems`.
package struct EnvDocument: Sendable {
    /// Exactly what was parsed, and what `set` has changed in it.
    package private(set) var bytes: [UInt8]
    /// In the order of the file, without gaps: joined, their bytes are `bytes`.
    package private(set) var items: [Item] = []
    package private(set) var assignments: [Assignment] = []
    /// What is wrong with the syntax, in the order of the file.
    package private(set) var problems: [Finding] = []
    private(set) var lines: LineIndex
    /// The last assignment of each name.
    private var effective: [String: Int] = [:]
    /// Where Docker Compose refuses the file; nil where it reads it.
    private(set) var refusedAt: Int?
    private let environment: [String: String]

    /// Reads the bytes in linear time.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - environment: The variables that references may name besides those of the file, and that beat those.
    package init(parsing bytes: [UInt8], environment: [String: String] = [:]) {
        self.bytes = bytes
        self.environment = environment
        lines = LineIndex(bytes)
        parse()
    }

    /// The value of the last assignment of the name; nil without one.
    package func value(of name: String) -> String? { assignment(of: name)?.value }

    /// The last assignment of the name, which is the one that counts.
    package func assignment(of name: String) -> Assignment? { effective[name].map { assignments[$0] } }

    /// The place after the last byte, where a new variable would stand.
    package private(set) var end = SourcePosition(line: 1, column: 1)

    /// The place of a byte.
    func position(of offset: Int) -> SourcePosition { lines.position(of: offset, in: bytes) }

    /// The bytes of a line, from 1, without its end; nil where there is no such line.
    func lineRange(_ line: Int) -> Range<Int>? {
        guard var range = lines.range(ofLine: line, count: bytes.count) else { return nil }
        if let last = bytes[range].last, last == ASCII.lineFeed { range = range.dropLast() }
        if let last = bytes[range].last, last == ASCII.carriageReturn { range = range.dropLast() }
        return range
    }

    /// The piece that the byte belongs to.
    func item(at offset: Int) -> Item? {
        var (low, high) = (0, items.count)
        while low < high {
            let middle = (low + high) / 2
            if items[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low < items.count ? items[low] : nil
    }

    /// Replaces bytes and reads the result.
    mutating func splice(_ replacement: [UInt8], into range: Range<Int>) {
        bytes.replaceSubrange(range, with: replacement)
        lines = LineIndex(bytes)
        parse()
    }

    private mutating func parse() {
        var parser = DocumentParser(bytes, lines: lines, environment: environment)
        parser.run()
        refusedAt = parser.refusedAt
        items = parser.items
        assignments = parser.assignments
        problems = parser.problems
        end = lines.position(of: bytes.count, in: bytes)
        effective = Dictionary(
            assignments.indices.map { (assignments[$0].name, $0) }, uniquingKeysWith: { _, last in last })
    }
}

/// A piece of a `.env` file.
package struct Item: Sendable, Hashable {
    package var kind: Kind
    /// The bytes, including the line feed at the end.
    package var range: Range<Int>

    package enum Kind: Sendable, Hashable {
        case byteOrderMark
        case blank
        case comment
        /// The index in `assignments`.
        case assignment(Int)
        case unreadable
    }
}

/// `NAME=value`.
package struct Assignment: Sendable, Hashable {
    package var name: String
    /// The value as Docker Compose reads it: quotes and comments removed, escapes and references resolved.
    package var value: String
    package var position: SourcePosition
    package var valuePosition: SourcePosition
    /// The value as it is written, quotes included.
    package var valueRange: Range<Int>
    /// Whether a finding says that this value cannot be read as its author meant it.
    package var hasProblem = false
}
