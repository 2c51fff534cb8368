/// Where a text says again what it said before, whatever the case.
struct Repeats {
    private let bytes: [UInt8]
    private let folded: [UInt8]
    /// The last place with three characters of each hash, and for each place the one before; -1 for none.
    private var heads = [Int](repeating: -1, count: 64)
    private var previous: [Int]

    /// So many earlier places are looked at, the nearest first: what is periodic repeats its last period.
    private static let candidates = 8
    /// Fewer characters are no repeat.
    private static let shortest = 3

    init(_ bytes: [UInt8], _ folded: [UInt8]) {
        self.bytes = bytes
        self.folded = folded
        previous = [Int](repeating: -1, count: bytes.count)
    }

    /// Calls with the end and the cost of each repeat that starts there. To be asked of every place in turn.
    mutating func forEachRepeat(at start: Int, _ body: (Int, Double) -> Void) {
        guard start + Self.shortest <= bytes.count else { return }
        let hash = (Int(folded[start]) &* 5 ^ Int(folded[start + 1]) &* 11 ^ Int(folded[start + 2]) &* 23) & 63
        let (source, length) = longest(from: heads[hash], at: start)
        previous[start] = heads[hash]
        heads[hash] = start
        guard length >= Self.shortest else { return }
        let saying = 3 + Bits.choice(among: start)
        var isExact = true
        for offset in 0..<length {
            isExact = isExact && bytes[source + offset] == bytes[start + offset]
            if offset + 1 < Self.shortest { continue }
            body(start + offset + 1, saying + Bits.number(offset + 2 - Self.shortest) + (isExact ? 0 : 2))
        }
    }

    private func longest(from head: Int, at start: Int) -> (source: Int, length: Int) {
        var best = (source: 0, length: 0)
        var source = head
        var left = Self.candidates
        while source >= 0, left > 0 {
            var length = 0
            while start + length < folded.count, folded[source + length] == folded[start + length] { length += 1 }
            if length > best.length { best = (source, length) }
            source = previous[source]
            left -= 1
        }
        return best
    }
}
