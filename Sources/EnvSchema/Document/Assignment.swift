/// `NAME=value`.
package struct Assignment: Sendable {
    let tree: SyntaxTree
    let index: Int

    private var record: AssignmentRecord { tree.records[index] }

    package var name: String { nameBytes.text }
    /// The value as Docker Compose reads it: quotes and comments removed, escapes and references resolved.
    package var value: String { valueBytes.text }
    package var position: SourcePosition { tree.position(of: record.nameRange.lowerBound) }
    package var valuePosition: SourcePosition { tree.position(of: valueRange.lowerBound) }
    /// The value as it is written, quotes included.
    package var valueRange: Range<Int> { record.writtenRange }
    /// Whether a finding says that this value cannot be read as its author meant it.
    package var hasProblem: Bool { record.hasProblem }
    /// The assignment of the same name before this one; nil without one.
    package var previous: Assignment? {
        record.previous < 0 ? nil : Assignment(tree: tree, index: Int(record.previous))
    }

    var nameBytes: ArraySlice<UInt8> { tree.bytes[record.nameRange] }
    var valueBytes: ArraySlice<UInt8> { tree.value(of: record) }
    var nameRange: Range<Int> { record.nameRange }
}

/// The assignments of a document in the order of the file, made as they are asked for.
package struct Assignments: Sendable, RandomAccessCollection {
    let tree: SyntaxTree

    package var startIndex: Int { 0 }
    package var endIndex: Int { tree.records.count }
    package subscript(index: Int) -> Assignment { Assignment(tree: tree, index: index) }
}
