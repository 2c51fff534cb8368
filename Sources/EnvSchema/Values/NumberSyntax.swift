/// Decimal numbers as every reader understands them: no sign but `-`, no leading zeros, no exponent.
enum NumberSyntax {
    static func integer(_ text: String) -> Int? {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        guard isWhole(digits) else { return nil }
        return Int(text)
    }

    static func decimal(_ text: String) -> Double? {
        let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count <= 2, isWhole(parts[0]) else { return nil }
        if parts.count == 2, parts[1].isEmpty || parts[1].count > 18 || !parts[1].allSatisfy(\.isDigit) {
            return nil
        }
        return Double(text)
    }

    private static func isWhole(_ digits: Substring.UTF8View) -> Bool {
        guard let first = digits.first, digits.count <= 18, digits.allSatisfy(\.isDigit) else { return false }
        return first != UInt8(ascii: "0") || digits.count == 1
    }
}
