/// Logarithms to the base of two, of small whole numbers: what a choice among so many costs.
enum Bits {
    static func choice(among count: Int) -> Double {
        count < table.count ? table[max(count, 1)] : logarithm(Double(count))
    }

    /// What a whole number from 1 costs where nothing says how large it is (Elias' gamma code).
    static func number(_ number: Int) -> Double { gamma[min(max(number, 1), gamma.count - 1)] }

    private static let table: [Double] = (0...1024).map { $0 < 2 ? 0 : logarithm(Double($0)) }
    private static let gamma: [Double] = (0...1024).map {
        Double(2 * (max($0, 1).bitWidth - 1 - max($0, 1).leadingZeroBitCount) + 1)
    }

    /// Of a number from 1, by repeated squaring, bit for bit.
    static func logarithm(_ number: Double) -> Double {
        var rest = number.significand
        var result = Double(number.exponent)
        var bit = 0.5
        for _ in 0..<40 {
            rest *= rest
            if rest >= 2 {
                rest /= 2
                result += bit
            }
            bit /= 2
        }
        return result
    }
}
