/// The number of a patient in England and Wales: ten digits, the last of which checks the others modulo 11 (NHS Data
/// Dictionary, "NHS NUMBER").
enum NHSNumber {
    /// What `parse` takes, but for the check.
    static let pattern = "^ *([0-9] *){10}$"

    /// The ten digits without spaces; nil where they are none, or do not check.
    static func parse(_ text: String) -> String? {
        let digits = text.filter { $0 != " " }
        let values = digits.utf8.compactMap { Digits.number([$0]) }
        guard values.count == 10, digits.utf8.count == 10, text.utf8.count <= 14 else { return nil }
        let sum = zip(values, stride(from: 10, to: 1, by: -1)).map { $0 * $1 }.reduce(0, +)
        let check = (11 - sum % 11) % 11
        return check == values[9] ? digits : nil
    }
}
