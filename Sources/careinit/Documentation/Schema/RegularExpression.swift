/// Patterns in the part of ECMA-262 that other engines share (JSON Schema 2020-12, §6.4).
enum RegularExpression {
    /// Matches the decimal numbers of the range, which are not negative, and nothing else.
    static func integer(_ range: ClosedRange<Int>) -> String { "^(\(digits(range)))$" }

    /// The alternatives of `integer`, without anchors.
    static func digits(_ range: ClosedRange<Int>) -> String {
        blocks(range).map(block).joined(separator: "|")
    }

    /// The text, with what has a meaning in patterns escaped.
    static func quote(_ text: String) -> String {
        text.map { "\\^$.|?*+()[]{}/".contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    /// Matches each of the words, whatever the case of its letters.
    static func anyCase(_ words: [String]) -> String {
        let alternatives = words.map { word in
            word.map { $0.isLetter ? "[\($0.uppercased())\($0.lowercased())]" : String($0) }.joined()
        }
        return "^(\(alternatives.joined(separator: "|")))$"
    }

    /// The range in pieces, in each of which one digit varies, and each digit after it is any.
    private static func blocks(_ range: ClosedRange<Int>) -> [ClosedRange<Int>] {
        var blocks: [ClosedRange<Int>] = []
        var low = range.lowerBound
        while low <= range.upperBound {
            var power = 1
            while low > 0, low % (power * 10) == 0, low + power * 10 - 1 <= range.upperBound { power *= 10 }
            let digitsLeft = 10 - low / power % 10
            let room = (range.upperBound - low + 1) / power
            let next = low + min(digitsLeft, room) * power
            blocks.append(low...(next - 1))
            low = next
        }
        return blocks
    }

    private static func block(_ range: ClosedRange<Int>) -> String {
        let (low, high) = (Array(String(range.lowerBound)), Array(String(range.upperBound)))
        var text = ""
        var full = 0
        for (first, last) in zip(low, high) {
            switch (first, last) {
            case ("0", "9"): full += 1
            case (first, first): text.append(first)
            default: text += "[\(first)-\(last)]"
            }
        }
        switch full {
        case 0: return text
        case 1: return text + "[0-9]"
        default: return text + "[0-9]{\(full)}"
        }
    }
}
