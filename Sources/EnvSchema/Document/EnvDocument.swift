/// A `.env` file: every byte of it, and what Docker Compose (compose-go) reads from it.
///
/// Reading never fails; what could not be read stands in `problems`.
package struct EnvDocument: Sendable {
    private(set) var tree: SyntaxTree
    private let environment: [String: String]

    /// Reads the bytes in linear time.
    ///
    /// - Parameters:
    ///   - bytes: The file, of less than 2 GiB.
    ///   - environment: The variables that references may name besides those of the file, and that beat those.
    package init(parsing bytes: [UInt8], environment: [String: String] = [:]) {
        self.environment = environment
        tree = DocumentParser.parse(bytes, environment: environment)
    }

    /// Exactly what was parsed, and what `set` has changed in it.
    package var bytes: [UInt8] { tree.bytes }

    /// In the order of the file, without gaps: joined, their bytes are `bytes`.
    package var items: Items { Items(tree: tree) }

    package var assignments: Assignments { Assignments(tree: tree) }

    /// What is wrong with the syntax, in the order of the file.
    package var problems: [Finding] { tree.problems }

    /// The value of the last assignment of the name; nil without one.
    package func value(of name: String) -> String? { assignment(of: name)?.value }

    /// The last assignment of the name, which is the one that counts.
    package func assignment(of name: String) -> Assignment? { tree.index(of: name).map { assignments[$0] } }

    /// How many different names are assigned.
    package var variableCount: Int { tree.records.count { $0.previous < 0 } }

    /// The place after the last byte, where a new variable would stand.
    package var end: SourcePosition { tree.position(of: tree.bytes.count) }

    /// Where Docker Compose refuses the file; nil where it reads it.
    var refusedAt: Int? { tree.refusedAt }

    /// The place of a byte.
    func position(of offset: Int) -> SourcePosition { tree.position(of: offset) }

    /// The bytes of a line, from 1, without its end; nil where there is no such line.
    func lineRange(_ line: Int) -> Range<Int>? {
        guard var range = tree.lines.range(ofLine: line, count: bytes.count) else { return nil }
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
        var bytes = bytes
        bytes.replaceSubrange(range, with: replacement)
        tree = DocumentParser.parse(bytes, environment: environment)
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

/// The pieces of a document, made as they are asked for.
package struct Items: Sendable, RandomAccessCollection {
    let tree: SyntaxTree

    package var startIndex: Int { 0 }
    package var endIndex: Int { tree.nodes.count }

    package subscript(index: Int) -> Item {
        let node = tree.nodes[index]
        let start = index == 0 ? 0 : Int(tree.nodes[index - 1].end)
        let kind: Item.Kind =
            switch node.kind {
            case .byteOrderMark: .byteOrderMark
            case .blank: .blank
            case .comment: .comment
            case .unreadable: .unreadable
            case .assignment(let index): .assignment(Int(index))
            }
        return Item(kind: kind, range: start..<Int(node.end))
    }
}
