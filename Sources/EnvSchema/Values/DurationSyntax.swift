/// `500ms`, `30s`, `15m`, `12h`, `7d`, `2w`, `2 days`; a number alone counts milliseconds, as in `@env-spec`.
package enum DurationSyntax {
    package static func parse(_ text: String) -> Duration? {
        let digits = text.utf8.prefix { $0.isDigit || $0 == ASCII.dot }
        guard digits.count <= 12, let number = NumberSyntax.decimal(digits.text) else { return nil }
        let unit = text.utf8.dropFirst(digits.count).drop { $0 == ASCII.space }.map(\.lowercased).text
        guard let length = milliseconds(of: unit) else { return nil }
        let total = number * length
        return total < 1e17 ? .milliseconds(Int64(total.rounded())) : nil
    }

    private static func milliseconds(of unit: String) -> Double? {
        switch unit {
        case "", "ms", "msec", "msecs", "millisecond", "milliseconds": 1
        case "s", "sec", "secs", "second", "seconds": 1000
        case "m", "min", "mins", "minute", "minutes": 60_000
        case "h", "hr", "hrs", "hour", "hours": 3_600_000
        case "d", "day", "days": 86_400_000
        case "w", "week", "weeks": 604_800_000
        default: nil
        }
    }

    /// In the largest unit that divides it.
    static func describe(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        if duration.components.attoseconds != 0 {
            return "\(seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000)ms"
        }
        for (unit, length) in [("d", Int64(86_400)), ("h", 3600), ("m", 60)] where seconds > 0 {
            if seconds % length == 0 { return "\(seconds / length)\(unit)" }
        }
        return "\(seconds)s"
    }
}
