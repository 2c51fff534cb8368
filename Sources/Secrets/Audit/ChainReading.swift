/// Reads the files of one chain, in their order, and checks every line on the way. Pure.
package struct ChainReading: Sendable {
    /// Behind the last line that was read; nil before the first.
    package private(set) var head: HashChain?
    /// How many lines were read.
    package private(set) var count = 0
    /// The number of the first line that was read; more than 1 where the chain began in a file that is not here.
    package private(set) var firstSequence: Int64?
    /// Heads recorded elsewhere that the chain must pass through.
    private var expected: [HashChain]

    /// - Parameters:
    ///   - head: What the first line must follow; nil where the chain may begin anywhere.
    ///   - recorded: Heads of the chain, recorded elsewhere; those before its first line here do not count.
    package init(after head: HashChain? = nil, recorded: [HashChain] = []) {
        self.head = head
        expected = recorded
    }

    /// Reads one file.
    ///
    /// - Parameters:
    ///   - bytes: All of it.
    ///   - each: Called with each line, in order, with its number in the file.
    /// - Returns: What follows the last line feed: a line that was being written when its writer ended, or nothing.
    /// - Throws: The first line at which the chain does not hold; those before it do.
    package mutating func read(
        _ bytes: [UInt8], each: (ChainLine, Int) -> Void = { _, _ in }
    ) throws(ChainFault) -> ArraySlice<UInt8> {
        var (rest, number) = (bytes[...], 0)
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            number += 1
            let line = try check(rest[rest.startIndex..<end], number)
            each(line, number)
            rest = rest[(end + 1)...]
        }
        return rest
    }

    /// Called once all files were read.
    ///
    /// - Throws: `truncated` where a recorded head lies behind the last line.
    package func finish(lastLine number: Int = 0) throws(ChainFault) {
        let missing = expected.filter { $0.sequence > ($0.id == head?.id ? head?.sequence ?? 0 : 0) }
        guard let last = missing.map(\.sequence).max() else { return }
        throw ChainFault(.truncated, line: number, expected: last)
    }

    private mutating func check(_ bytes: ArraySlice<UInt8>, _ number: Int) throws(ChainFault) -> ChainLine {
        let next = (head?.sequence ?? 0) + 1
        guard let line = ChainLine(bytes) else { throw ChainFault(.malformed, line: number, expected: next) }
        guard line.isIntact else { throw ChainFault(.changed, line: number, expected: next) }
        if let head {
            guard line.chain == head.id else { throw ChainFault(.otherChain, line: number, expected: next) }
            guard line.sequence == next, line.previous == head.hash else {
                throw ChainFault(.unlinked, line: number, expected: next)
            }
        } else if line.sequence == 1, line.previous != HashChain.origin {
            throw ChainFault(.unlinked, line: number, expected: 1)
        }
        for known in expected where known.id == line.chain && known.sequence == line.sequence {
            guard known.hash == line.hash else { throw ChainFault(.truncated, line: number, expected: next) }
        }
        if firstSequence == nil { firstSequence = line.sequence }
        head = HashChain(line)
        count += 1
        return line
    }
}
