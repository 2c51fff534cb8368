import Certs

/// Times as RFC 3339 writes them.
enum RFC3339 {
    /// Seconds since 1970, fractions left off; nil for anything else.
    static func seconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
            let day = number(bytes[8..<10]), let hour = number(bytes[11..<13]),
            let minute = number(bytes[14..<16]),
            let second = number(bytes[17..<19]),
            [bytes[4], bytes[7], bytes[13], bytes[16]] == Array("--::".utf8), "Tt ".utf8.contains(bytes[10]),
            let days = CivilDay.number(year: year, month: month, day: day), hour < 24, minute < 60, second < 61,
            let offset = offset(bytes[19...])
        else { return nil }
        return days * 86_400 + hour * 3600 + minute * 60 + second - offset
    }

    /// The seconds that local time is ahead of UTC, after a fraction.
    private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
        var text = text
        if text.first == UInt8(ascii: ".") {
            let digits = text.dropFirst().prefix { isDigit($0) }
            if digits.isEmpty { return nil }
            text = text[digits.endIndex...]
        }
        if text.count == 1, let letter = text.first, "Zz".utf8.contains(letter) { return 0 }
        let bytes = Array(text)
        guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let hours = number(bytes[1..<3]),
            let minutes = number(bytes[4..<6]), hours < 24, minutes < 60
        else { return nil }
        switch bytes[0] {
        case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
        default: return nil
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        digits.allSatisfy(isDigit) ? digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) } : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
