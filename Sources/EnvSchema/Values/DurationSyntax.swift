/// `500ms`, `30s`, `15m`, `12h`, `7d`, `2w`.
package enum DurationSyntax {
    package static func parse(_ text: String) -> Duration? {
        let digits = text.utf8.prefix { $0.isDigit }
        guard !digits.isEmpty, digits.count <= 9, let number = Int64(digits.text) else { return nil }
        switch text.utf8.dropFirst(digits.count).text {
        case "ms": return .milliseconds(number)
        case "s": return .seconds(number)
        case "m": return .seconds(number * 60)
        case "h": return .seconds(number * 3600)
        case "d": return .seconds(number * 86_400)
        case "w": return .seconds(number * 604_800)
        default: return nil
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
