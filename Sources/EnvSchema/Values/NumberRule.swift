/// Limits of a number.
package struct NumberRule: Sendable, Hashable {
    package var min: Double?
    package var max: Double?
    package var isInteger = false
    package var divisor: Double?
    /// How many decimal places are kept; what is beyond is rounded before the limits are looked at.
    package var precision: Int?
    /// Another tool takes the nearest limit for what is beyond it.
    package var isClamped = false

    func accepts(_ text: String) -> Bool {
        let number = isInteger ? NumberSyntax.integer(text).map(Double.init) : NumberSyntax.decimal(text)
        guard var number else { return false }
        if let precision { number = Self.round(number, to: precision) }
        if let divisor, divisor != 0, number.remainder(dividingBy: divisor) != 0 { return false }
        return isClamped || number >= min ?? number && number <= max ?? number
    }

    private static func round(_ number: Double, to places: Int) -> Double {
        let factor = (0..<places).reduce(1.0) { result, _ in result * 10 }
        return (number * factor).rounded() / factor
    }

    var description: String {
        let range = ValueType.range(min.map(ValueType.plain), max.map(ValueType.plain))
        let multiple = divisor.map { ", divisible by \(ValueType.plain($0))" } ?? ""
        return (isInteger ? "a whole number" : "a number") + range + multiple
    }
}
