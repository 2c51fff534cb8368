/// Dates of ISO 8601, as RFC 3339 narrows them: `2026-11-24`, perhaps with `T18:30`, seconds, a fraction and an offset.
enum DateSyntax {
    static func isDate(_ text: String) -> Bool {
        var cursor = ByteCursor(Array(text.utf8))
        guard let year = digits(4, &cursor), cursor.take(UInt8(ascii: "-")),
            let month = digits(2, &cursor), (1...12).contains(month), cursor.take(UInt8(ascii: "-")),
            let day = digits(2, &cursor), (1...length(of: month, year)).contains(day)
        else { return false }
        if cursor.isAtEnd { return true }
        guard cursor.take(UInt8(ascii: "T")) || cursor.take(UInt8(ascii: "t")) || cursor.take(ASCII.space) else {
            return false
        }
        return time(&cursor) && offset(&cursor) && cursor.isAtEnd
    }

    private static func time(_ cursor: inout ByteCursor) -> Bool {
        guard let hour = digits(2, &cursor), hour < 24, cursor.take(ASCII.colon),
            let minute = digits(2, &cursor), minute < 60
        else { return false }
        guard cursor.take(ASCII.colon) else { return true }
        // 60 is a leap second.
        guard let second = digits(2, &cursor), second <= 60 else { return false }
        guard cursor.take(ASCII.dot) else { return true }
        let start = cursor.offset
        cursor.skip(while: \.isDigit)
        return (1...9).contains(cursor.offset - start)
    }

    private static func offset(_ cursor: inout ByteCursor) -> Bool {
        if cursor.isAtEnd || cursor.take(UInt8(ascii: "Z")) || cursor.take(UInt8(ascii: "z")) { return true }
        guard cursor.take(UInt8(ascii: "+")) || cursor.take(UInt8(ascii: "-")) else { return false }
        guard let hours = digits(2, &cursor), hours < 24, cursor.take(ASCII.colon) else { return false }
        return digits(2, &cursor).map { $0 < 60 } ?? false
    }

    private static func digits(_ count: Int, _ cursor: inout ByteCursor) -> Int? {
        var number = 0
        for _ in 0..<count {
            guard let byte = cursor.peek(), byte.isDigit else { return nil }
            number = number * 10 + Int(byte - UInt8(ascii: "0"))
            cursor.offset += 1
        }
        return number
    }

    private static func length(of month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
