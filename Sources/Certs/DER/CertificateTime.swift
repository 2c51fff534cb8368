/// A time of a certificate's validity.
struct CertificateTime: Sendable, Equatable {
    /// Since 1970.
    var seconds: Int64
    /// Whether it is written as RFC 5280 §4.1.2.5 wants it: UTCTime through 2049, GeneralizedTime after.
    var isWrittenWell: Bool

    init(_ element: DERElement) throws(DERFault) {
        let isShort = element.tag == DERTag.utcTime
        guard isShort || element.tag == DERTag.generalizedTime else { throw DERFault() }
        let digits = isShort ? 12 : 14
        let text = Array(element.content)
        // Seconds always, `Z` always, and no fractions.
        guard text.count == digits + 1, text.last == UInt8(ascii: "Z") else { throw DERFault() }
        var numbers: [Int64] = []
        for start in stride(from: 0, to: digits, by: 2) {
            numbers.append(try Self.number(text[start..<start + 2]))
        }
        let year: Int64
        if isShort {
            year = numbers[0] + (numbers[0] < 50 ? 2000 : 1900)
        } else {
            year = numbers.removeFirst() * 100 + numbers[0]
        }
        seconds = try Self.seconds(year: year, numbers)
        isWrittenWell = isShort == (1950..<2050).contains(year)
    }

    private static func number(_ digits: ArraySlice<UInt8>) throws(DERFault) -> Int64 {
        var number: Int64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { throw DERFault() }
            number = number * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return number
    }

    private static func seconds(year: Int64, _ parts: [Int64]) throws(DERFault) -> Int64 {
        let (month, day) = (parts[1], parts[2])
        guard let days = CivilDay.number(year: year, month: month, day: day), parts[3] < 24, parts[4] < 60,
            parts[5] < 60
        else { throw DERFault() }
        return days * 86_400 + parts[3] * 3600 + parts[4] * 60 + parts[5]
    }
}

/// Days of the proleptic Gregorian calendar.
package enum CivilDay {
    /// Days since 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms"); nil where there is no such day.
    package static func number(year: Int64, month: Int64, day: Int64) -> Int64? {
        guard (1...12).contains(month), (1...length(year: year, month: month)).contains(day) else { return nil }
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func length(year: Int64, month: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
