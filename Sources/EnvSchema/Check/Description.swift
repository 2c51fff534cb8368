/// The cheapest way found to tell a text to somebody who knows the habits of people: by words, by what it repeats, by
/// the alphabet and the keyboard, and character by character where nothing else fits.
///
/// Each part pays for saying of which kind it is. So at most about 2ⁿ texts can be told in n bits, and a random one is
/// told in much less than it is worth with no more than that chance.
struct Description {
    enum Part: UInt8 {
        case character, word, date, repetition, sequence
    }

    /// More is not looked at.
    static let limit = 256

    let bytes: [UInt8]
    /// In lower case.
    let folded: [UInt8]
    let alphabet: Alphabet
    /// What the text up to each byte costs.
    private(set) var costs: [Double]
    private var lastParts: [(start: Int, part: Part)]

    static func shortest(of text: String) -> Description {
        let bytes = Array(text.utf8.prefix(limit))
        let characters = Alphabet.Characters(of: bytes)
        let plain = Description(of: bytes, Alphabet(characters))
        guard let alphabet = Alphabet(naming: characters, count: bytes.count) else { return plain }
        let named = Description(of: bytes, alphabet)
        return named.bits < plain.bits ? named : plain
    }

    private init(of bytes: [UInt8], _ alphabet: Alphabet) {
        self.bytes = bytes
        self.alphabet = alphabet
        folded = bytes.map(\.lowercased)
        costs = [Double](repeating: .infinity, count: bytes.count + 1)
        costs[0] = alphabet.header
        lastParts = Array(repeating: (0, .character), count: bytes.count + 1)
        let sequences = Sequences(bytes, folded)
        let words = WordMatcher(bytes, folded)
        var repeats = Repeats(bytes, folded)
        for start in bytes.indices {
            addCharacter(at: start)
            addDigits(at: start)
            let saved = followsWord(start) ? Self.phraseBits : 0
            words.forEachWord(at: start) { end, bits in add(.word, start..<end, bits - saved) }
            repeats.forEachRepeat(at: start) { end, bits in add(.repetition, start..<end, bits) }
            sequences.forEachSequence(at: start) { end, bits in add(.sequence, start..<end, bits) }
        }
    }

    var bits: Double { costs[bytes.count] }

    /// How many characters the parts of each kind cover.
    func coverage() -> [Part: Int] {
        var coverage: [Part: Int] = [:]
        var end = bytes.count
        while end > 0 {
            let (start, part) = lastParts[end]
            coverage[part, default: 0] += end - start
            end = start
        }
        return coverage
    }

    private mutating func add(_ part: Part, _ range: Range<Int>, _ bits: Double) {
        let cost = costs[range.lowerBound] + bits
        guard cost < costs[range.upperBound] else { return }
        costs[range.upperBound] = cost
        lastParts[range.upperBound] = (range.lowerBound, part)
    }

    private mutating func addCharacter(at start: Int) {
        var bits = alphabet.bitsPerCharacter
        if !bytes[start].isAlphanumeric, let last = bytes[..<start].last(where: { !$0.isAlphanumeric }),
            last == bytes[start]
        {
            bits = min(bits, Self.separatorBits)
        }
        add(.character, start..<(start + 1), bits)
    }

    /// The sign that parted the words before parts the next ones too.
    private static let separatorBits = 1.5

    /// Whether a word ends there, or one sign before.
    private func followsWord(_ start: Int) -> Bool {
        if lastParts[start].part == .word { return true }
        guard start > 1, !bytes[start - 1].isAlphanumeric, lastParts[start].start == start - 1 else {
            return false
        }
        return lastParts[start - 1].part == .word
    }

    /// A word among words is told in less than one among characters: grammar leaves fewer to choose from.
    private static let phraseBits = 2.5

    /// Digits among letters, years and days.
    private mutating func addDigits(at start: Int) {
        var end = start
        var number = 0
        while end < min(bytes.count, start + 8), bytes[end].isDigit {
            number = number * 10 + Int(bytes[end] - UInt8(ascii: "0"))
            end += 1
            let length = end - start
            if length > 1, alphabet.bitsPerCharacter > 4 {
                let bits = 3 + Bits.number(length - 1) + Double(length) * Bits.choice(among: 10)
                add(.character, start..<end, bits)
            }
            if length == 4, (1900..<2100).contains(number) { add(.date, start..<end, 3 + Bits.choice(among: 200)) }
            if length == 8, Self.isDay(number) {
                add(.date, start..<end, 5 + Bits.choice(among: 200) + Bits.choice(among: 366))
            }
        }
    }

    /// As 20240131, 31012024 or 01312024.
    private static func isDay(_ number: Int) -> Bool {
        let (first, second, tail) = (number / 1_000_000, number / 10_000 % 100, number % 10_000)
        let (month, day) = (number / 100 % 100, number % 100)
        if (1900..<2100).contains(number / 10_000), (1...12).contains(month), (1...31).contains(day) {
            return true
        }
        guard (1900..<2100).contains(tail) else { return false }
        return (1...31).contains(min(first, second)) && (1...12).contains(min(first, second))
            && (1...31).contains(max(first, second))
    }
}
