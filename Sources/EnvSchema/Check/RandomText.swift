/// Text that a machine drew: many different characters, and letters and digits in no order of words.
///
/// Looks at each byte once and allocates nothing.
struct RandomText {
    /// Shorter text is never called random.
    static let shortest = 20

    private let length: Int
    private var (uppercase, lowercase, digits) = (0, 0, 0)
    /// How many letters and digits stand beside another, and how many beside one of another kind.
    private var (neighbours, changes) = (0, 0)
    private var counts: InlineArray<128, Int32> = .init(repeating: 0)

    /// The bytes in that range.
    init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        length = range.count
        guard length >= Self.shortest else { return }
        var last = Kind.other
        for place in range {
            let byte = bytes[place]
            counts[Int(byte & 0x7F)] += 1
            let kind = Kind(byte)
            switch kind {
            case .uppercase: uppercase += 1
            case .lowercase: lowercase += 1
            case .digit: digits += 1
            case .other: break
            }
            if kind != .other, last != .other {
                neighbours += 1
                if kind != last { changes += 1 }
            }
            last = kind
        }
    }

    private enum Kind {
        case uppercase, lowercase, digit, other

        init(_ byte: UInt8) {
            self =
                byte.isLowercase ? .lowercase : byte.isDigit ? .digit : byte.isUppercase ? .uppercase : .other
        }
    }

    /// Letters of both cases and digits, as keys in Base64 are.
    var isKey: Bool {
        length >= Self.shortest && uppercase > 0 && lowercase > 0 && digits > 0 && isMixed && entropy >= 3.5
    }

    /// Letters and digits, as keys in hexadecimal digits are too.
    var isCode: Bool {
        length >= Self.shortest && uppercase + lowercase > 0 && digits > 0 && isMixed && entropy >= 3
    }

    /// Words change from one kind of character to another at their first letters only.
    private var isMixed: Bool { changes * 5 >= neighbours * 2 && neighbours * 2 > length }

    /// Shannon's, in bits per character.
    private var entropy: Double {
        var sum = 0.0
        for index in 0..<128 where counts[index] > 0 {
            sum += Double(counts[index]) * Bits.choice(among: Int(counts[index]))
        }
        return Bits.choice(among: length) - sum / Double(max(1, length))
    }
}
