/// Numbers as JSON and Prometheus take them.
enum Decimal {
    /// A finite number with so many digits after the point, without an exponent.
    static func text(_ number: Double, digits: Int) -> String {
        let scale = (0..<digits).reduce(Int64(1)) { value, _ in value * 10 }
        guard let scaled = Int64(exactly: (number * Double(scale)).rounded()) else { return "\(number)" }
        let fraction = String(scaled.magnitude % UInt64(scale))
        let zeros = String(repeating: "0", count: digits - fraction.utf8.count)
        let sign = scaled < 0 ? "-" : ""
        return "\(sign)\(scaled.magnitude / UInt64(scale)).\(zeros)\(fraction)"
    }
}
