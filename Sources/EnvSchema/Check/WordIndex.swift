/// The common words, to be found by their first two letters.
struct WordIndex: Sendable {
    struct Word: Sendable {
        /// Where it stands in `letters`.
        var start: Int
        var length: Int
        /// What it costs to say which word it is.
        var bits: Double
    }

    static let shared = WordIndex(frequent: CommonWords.frequent, common: CommonWords.common)

    private(set) var words: [Word] = []
    /// From 0 for `a` to 25 for `z`.
    private(set) var letters: [UInt8] = []
    /// Where the words start that begin with a pair of letters; one more for the end.
    private var starts = [Int](repeating: 0, count: 26 * 26 + 1)

    init(frequent: StaticString, common: StaticString) {
        let tiers = [Self.words(in: frequent), Self.words(in: common)]
        let all = tiers.flatMap { tier in tier.map { ($0, 1 + Bits.choice(among: tier.count)) } }
        for (word, bits) in all.sorted(by: { $0.0.lexicographicallyPrecedes($1.0) }) {
            words.append(Word(start: letters.count, length: word.count, bits: bits))
            letters += word
            starts[Int(word[0]) * 26 + Int(word[1]) + 1] += 1
        }
        for pair in 1..<starts.count { starts[pair] += starts[pair - 1] }
    }

    /// The words that begin with these letters.
    func range(_ first: UInt8, _ second: UInt8) -> Range<Int> {
        let pair = Int(first) * 26 + Int(second)
        return starts[pair]..<starts[pair + 1]
    }

    private static func words(in text: StaticString) -> [[UInt8]] {
        let bytes = text.withUTF8Buffer { Array($0) }
        return bytes.split(whereSeparator: { !$0.isLowercase }).filter { $0.count > 1 }
            .map { word in word.map { $0 - UInt8(ascii: "a") } }
    }
}
