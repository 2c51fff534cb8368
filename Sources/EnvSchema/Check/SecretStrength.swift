/// How hard a secret is to guess for somebody who knows the habits of people.
package struct SecretStrength {
    /// The shortest secret that is accepted, in characters.
    package static let minimumLength = 32
    /// Worth less than this, in bits, is weak.
    ///
    /// Nobody tries 2⁸⁴ values: at 10¹² a second it takes 600,000 years. And what a machine draws is worth more by a margin:
    /// the least that is long enough, 32 decimal digits, is 106 bits, of which chance patterns took 21 at the most in
    /// three million drawings. 32 hexadecimal digits are 128 bits.
    package static let leastBits = 84.0

    private let description: Description

    package init(of value: String) { description = .shortest(of: value) }

    var bits: Double { description.bits }

    package var isWeak: Bool { bits < Self.leastBits }

    /// As far as it may be told: to the nearest ten.
    package var roundedBits: Int { (Int(bits) + 5) / 10 * 10 }

    /// What most of it is made of; nil where that is no pattern.
    package var pattern: Pattern? {
        let coverage = description.coverage()
        let patterns: [(Pattern, Int)] = [
            (.words, coverage[.word, default: 0] + coverage[.date, default: 0]),
            (.repetition, coverage[.repetition, default: 0]), (.sequence, coverage[.sequence, default: 0]),
        ]
        let covered = patterns.reduce(0) { $0 + $1.1 }
        return covered * 2 < description.bytes.count ? nil : patterns.max { $0.1 < $1.1 }?.0
    }

    package enum Pattern: String {
        case repetition = "it repeats itself"
        case sequence = "it follows the alphabet or the keyboard"
        case words = "it is made of common words or dates"
    }
}
