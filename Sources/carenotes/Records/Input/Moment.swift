/// A moment as a client writes it: a day, which is its first instant in UTC, or RFC 3339 such as
/// `2026-11-23T14:20:00Z` or `2026-11-23T14:20:00.5+01:00`.
enum Moment {
    /// What `parse` takes, but for days that a month does not have.
    static let pattern =
        String(CalendarDate.pattern.dropLast())
        + "(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9]))?$"

    /// As PostgreSQL takes it for `timestamptz`; nil for what is no moment of `CalendarDate.years`.
    static func parse(_ text: String) -> String? {
        if let day = CalendarDate(text) { return "\(day.text)T00:00:00Z" }
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        guard halves.count == 2, let day = CalendarDate(halves[0]) else { return nil }
        let time = halves[1]
        let clock = time.prefix { $0 != "Z" && $0 != "+" && $0 != "-" }
        guard isClock(clock), isZone(time.dropFirst(clock.count)) else { return nil }
        return "\(day.text)T\(time)"
    }

    /// `14:20:00`, with up to six digits after a point.
    private static func isClock(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 1 || ((1...6).contains(parts[1].utf8.count) && Digits.number(parts[1].utf8) != nil)
        else {
            return false
        }
        return isHours(parts[0], limits: [23, 59, 59])
    }

    private static func isZone(_ text: Substring) -> Bool {
        text == "Z" || (text.utf8.count == 6 && isHours(text.dropFirst(), limits: [14, 59]))
    }

    private static func isHours(_ text: Substring, limits: [Int]) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == limits.count else { return false }
        return zip(parts, limits).allSatisfy { part, limit in
            part.count == 2 && Digits.number(part).map { $0 <= limit } == true
        }
    }
}
