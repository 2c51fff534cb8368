/// Where the lines of a file start, and which bytes are in it that no text file has: one pass over all bytes.
struct LineIndex: Sendable {
    private var starts: [UInt32] = [0]
    /// The first CR before a line feed.
    private(set) var carriageReturn: Int?
    /// The first CR that no line feed follows.
    private(set) var loneCarriageReturn: Int?
    /// The first NUL.
    private(set) var nul: Int?

    init(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            for offset in bytes.indices where bytes[offset] <= ASCII.carriageReturn {
                switch bytes[offset] {
                case ASCII.lineFeed: starts.append(UInt32(offset + 1))
                case ASCII.carriageReturn:
                    let endsLine = offset + 1 < bytes.count && bytes[offset + 1] == ASCII.lineFeed
                    if endsLine {
                        carriageReturn = carriageReturn ?? offset
                    } else {
                        loneCarriageReturn = loneCarriageReturn ?? offset
                    }
                case 0: nul = nul ?? offset
                default: break
                }
            }
        }
    }

    var count: Int { starts.count }

    /// Costs the length of the line up to the offset: ask a bounded number of times per line.
    func position(of offset: Int, in bytes: [UInt8]) -> SourcePosition {
        let line = lineIndex(of: offset)
        let isContinuation = { (byte: UInt8) in byte & 0b1100_0000 == 0b1000_0000 }
        let scalars = bytes[Int(starts[line])..<offset].count { !isContinuation($0) }
        return SourcePosition(line: line + 1, column: scalars + 1)
    }

    /// The bytes of a line, from 1, with its end.
    func range(ofLine line: Int, count: Int) -> Range<Int>? {
        guard line >= 1, line <= starts.count else { return nil }
        return Int(starts[line - 1])..<(line < starts.count ? Int(starts[line]) : count)
    }

    private func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if Int(starts[middle]) <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
