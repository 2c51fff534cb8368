/// A place in a text file, as editors and compilers count it.
package struct SourcePosition: Sendable, Hashable, Comparable {
    /// From 1. Lines end with a line feed.
    package var line: Int
    /// From 1, in Unicode scalars; a tab is one column.
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}

/// Turns byte offsets into places.
struct LineIndex: Sendable {
    private var starts: [Int] = [0]

    init(_ bytes: [UInt8]) {
        for (offset, byte) in bytes.enumerated() where byte == ASCII.lineFeed { starts.append(offset + 1) }
    }

    /// Costs the length of the line up to the offset: ask a bounded number of times per line.
    func position(of offset: Int, in bytes: [UInt8]) -> SourcePosition {
        let line = lineIndex(of: offset)
        let isContinuation = { (byte: UInt8) in byte & 0b1100_0000 == 0b1000_0000 }
        let scalars = bytes[starts[line]..<offset].count { !isContinuation($0) }
        return SourcePosition(line: line + 1, column: scalars + 1)
    }

    /// The bytes of a line, from 1, with its end.
    func range(ofLine line: Int, count: Int) -> Range<Int>? {
        guard line >= 1, line <= starts.count else { return nil }
        return starts[line - 1]..<(line < starts.count ? starts[line] : count)
    }

    private func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
