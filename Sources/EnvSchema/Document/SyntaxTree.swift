/// What one pass over a `.env` file found, as offsets into its bytes. Joined, the nodes are the file.
///
/// Small on purpose: a file of a million lines has a million nodes.
final class SyntaxTree: Sendable {
    let bytes: [UInt8]
    let lines: LineIndex
    let nodes: [Node]
    let records: [AssignmentRecord]
    /// Values that are not bytes of the file as they stand: with escapes or references in them.
    let expansions: [[UInt8]]
    /// Where Docker Compose refuses the file; nil where it reads it.
    let refusedAt: Int?
    let problems: [Finding]
    private let names: NameTable

    struct Node: Sendable {
        var kind: Kind
        /// Where the node ends, and the next begins.
        var end: UInt32

        enum Kind: Sendable {
            case byteOrderMark
            case blank
            case comment
            case unreadable
            /// The index of its record.
            case assignment(UInt32)
        }
    }

    init(_ parser: consuming DocumentParser) {
        bytes = parser.bytes
        lines = parser.lines
        nodes = parser.nodes
        records = parser.records
        expansions = parser.expansions
        refusedAt = parser.refusedAt
        problems = parser.problems.all
        names = parser.names
    }

    /// The index of the last record of the name, which is the one that counts.
    func index(of name: String) -> Int? {
        let bytes = Array(name.utf8)[...]
        return names.find(bytes, records, self.bytes)
    }

    func value(of record: AssignmentRecord) -> ArraySlice<UInt8> { record.value(in: bytes, expansions) }

    func position(of offset: Int) -> SourcePosition { lines.position(of: offset, in: bytes) }
}

/// `NAME=value` as offsets.
struct AssignmentRecord: Sendable {
    var name: Range<UInt32>
    /// The value as it is written, quotes included.
    var written: Range<UInt32>
    /// The index of the record of the same name before this one; -1 without one.
    var previous: Int32 = -1
    /// The index of the value among the expansions; -1 where it is what is written, without its quotes.
    var expansion: Int32 = -1
    var isQuoted = false
    /// Whether a finding says that this value cannot be read as its author meant it.
    var hasProblem = false

    var nameRange: Range<Int> { Int(name.lowerBound)..<Int(name.upperBound) }
    var writtenRange: Range<Int> { Int(written.lowerBound)..<Int(written.upperBound) }

    func value(in bytes: [UInt8], _ expansions: [[UInt8]]) -> ArraySlice<UInt8> {
        if expansion >= 0 { return expansions[Int(expansion)][...] }
        return isQuoted ? bytes[writtenRange].dropFirst().dropLast() : bytes[writtenRange]
    }
}
