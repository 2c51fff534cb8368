/// When cron runs something: five fields, or a word such as `@daily` (crontab(5)).
enum CronSyntax {
    static func isSchedule(_ text: String) -> Bool {
        if text.hasPrefix("@") { return words.contains(text) }
        let fields = text.utf8.split(whereSeparator: \.isBlank)
        return fields.count == 5 && zip(fields, ranges).allSatisfy { isField($0, $1) }
    }

    private static let words: Set = [
        "@reboot", "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly",
    ]

    private struct Field {
        var range: ClosedRange<Int>
        /// Names for the first numbers of the range.
        var names: [String] = []
    }

    private static let ranges = [
        Field(range: 0...59), Field(range: 0...23), Field(range: 1...31),
        Field(
            range: 1...12,
            names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        Field(range: 0...7, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ]

    /// `*`, `5`, `1-5`, each perhaps with `/2`, with commas between them.
    private static func isField(_ text: Substring.UTF8View, _ field: Field) -> Bool {
        text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).allSatisfy { item in
            let parts = item.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            guard parts.count <= 2, let first = parts.first else { return false }
            if parts.count == 2 {
                guard let step = NumberSyntax.integer(parts[1].text), (1...59).contains(step) else { return false }
            }
            return isSpan(first, field)
        }
    }

    private static func isSpan(_ text: Substring.UTF8View, _ field: Field) -> Bool {
        if text.elementsEqual("*".utf8) { return true }
        let ends = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let numbers = ends.compactMap { number($0, field) }
        guard numbers.count == ends.count, numbers.count <= 2, let first = numbers.first, let last = numbers.last
        else {
            return false
        }
        return first <= last
    }

    /// Leading zeros are usual here.
    private static func number(_ text: Substring.UTF8View, _ field: Field) -> Int? {
        let word = text.map(\.lowercased).text
        if let index = field.names.firstIndex(of: word) { return field.range.lowerBound + index }
        guard (1...2).contains(text.count), text.allSatisfy(\.isDigit), let number = Int(word) else { return nil }
        return field.range.contains(number) ? number : nil
    }
}
