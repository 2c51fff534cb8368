/// `10485760`, `512K`, `10MB`, `1.5 GiB`: a number of bytes.
///
/// Units of 1000 are kB, MB, GB, TB; of 1024 are KiB, MiB, GiB, TiB, and the single letters k, m, g, t, as nginx, Docker and
/// PostgreSQL mean them.
package enum SizeSyntax {
    /// In bytes; nil for what is no size, or more than 2⁶² bytes.
    package static func parse(_ text: String) -> Int64? {
        let digits = text.utf8.prefix { $0.isDigit || $0 == ASCII.dot }
        guard let number = NumberSyntax.decimal(digits.text), number >= 0 else { return nil }
        let unit = text.utf8.dropFirst(digits.count).drop { $0 == ASCII.space }
        guard let factor = factor(unit.map(\.lowercased)) else { return nil }
        let bytes = number * factor
        guard bytes < 0x1p62, bytes == bytes.rounded() else { return nil }
        return Int64(bytes)
    }

    private static func factor(_ unit: [UInt8]) -> Double? {
        if unit.isEmpty || unit.elementsEqual("b".utf8) { return 1 }
        guard
            let power = "kmgt".utf8.firstIndex(of: unit[0]).map({
                "kmgt".utf8.distance(from: "kmgt".startIndex, to: $0)
            })
        else { return nil }
        switch unit.dropFirst().text {
        case "", "ib": return (0...power).reduce(1) { result, _ in result * 1024 }
        case "b": return (0...power).reduce(1) { result, _ in result * 1000 }
        default: return nil
        }
    }

    /// In the largest unit that divides it.
    static func describe(_ bytes: Int64) -> String {
        for (unit, shift) in [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)] where bytes > 0 {
            if bytes % (1 << shift) == 0 { return "\(bytes >> shift) \(unit)" }
        }
        return "\(bytes) bytes"
    }
}
