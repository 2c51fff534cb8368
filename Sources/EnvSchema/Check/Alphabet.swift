/// What one character of a text costs that was drawn at random from the characters the text shows.
struct Alphabet {
    /// What it costs to say which characters there are.
    private(set) var header = 0.0
    private(set) var bitsPerCharacter: Double

    /// Sixteen for hexadecimal digits; else ten digits, 26 letters of each case, and the other bytes that occur.
    init(_ characters: Characters) { bitsPerCharacter = Bits.choice(among: characters.size) }

    /// Only the bytes that occur, named first, where a text of few characters, such as `0110…`, is told in less that way.
    init?(naming characters: Characters, count: Int) {
        let (size, distinct) = (characters.size, characters.distinct)
        bitsPerCharacter = Bits.choice(among: distinct)
        header = Bits.choice(among: size)
        for index in 0..<max(0, min(distinct, size - distinct)) {
            header += Bits.choice(among: size - index) - Bits.choice(among: index + 1)
        }
        let saved = (Bits.choice(among: size) - bitsPerCharacter) * Double(count)
        if saved <= header { return nil }
    }

    /// The bytes that a text shows.
    struct Characters {
        private(set) var distinct = 0
        private var (digits, lower, upper, others) = (0, 0, 0, 0)
        private var isHexadecimal = true

        init(of bytes: [UInt8]) {
            var occurs = [Bool](repeating: false, count: 256)
            for byte in bytes where !occurs[Int(byte)] {
                occurs[Int(byte)] = true
                distinct += 1
                add(byte)
            }
        }

        private mutating func add(_ byte: UInt8) {
            if byte.isDigit {
                digits = 10
            } else if byte.isLowercase {
                lower = 26
            } else if byte.isUppercase {
                upper = 26
            } else {
                others += 1
            }
            if !byte.isHexadecimal { isHexadecimal = false }
        }

        var size: Int { isHexadecimal && lower != upper ? 16 : digits + lower + upper + others }
    }
}
