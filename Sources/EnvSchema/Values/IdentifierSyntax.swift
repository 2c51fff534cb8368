/// Names and numbers with a form of their own.
enum IdentifierSyntax {
    /// Semantic Versioning 2.0.0.
    static func isVersion(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "+"), maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, !isDotted(parts[1], allowsLeadingZeros: true) { return false }
        let core = parts[0].split(separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
        if core.count == 2, !isDotted(core[1], allowsLeadingZeros: false) { return false }
        let numbers = core[0].split(separator: ASCII.dot, omittingEmptySubsequences: false)
        return numbers.count == 3 && numbers.allSatisfy { isNumber($0) }
    }

    private static func isDotted(_ text: Substring.UTF8View, allowsLeadingZeros: Bool) -> Bool {
        text.split(separator: ASCII.dot, omittingEmptySubsequences: false).allSatisfy { word in
            guard !word.isEmpty, word.allSatisfy({ $0.isAlphanumeric || $0 == UInt8(ascii: "-") }) else {
                return false
            }
            return allowsLeadingZeros || !word.allSatisfy(\.isDigit) || isNumber(word)
        }
    }

    private static func isNumber(_ text: Substring.UTF8View) -> Bool {
        !text.isEmpty && text.allSatisfy(\.isDigit) && (text.count == 1 || text.first != UInt8(ascii: "0"))
    }

    /// RFC 9562 §4: a version from 1 to 8 and the variant of that document, or all zeros or ones.
    static func isUUID(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 36 else { return false }
        for (index, byte) in bytes.enumerated() {
            let isHyphen = [8, 13, 18, 23].contains(index)
            guard isHyphen ? byte == UInt8(ascii: "-") : byte.isHexadecimal else { return false }
        }
        let digits = bytes.filter { $0 != UInt8(ascii: "-") }.map(\.lowercased)
        if digits.allSatisfy({ $0 == UInt8(ascii: "0") }) || digits.allSatisfy({ $0 == UInt8(ascii: "f") }) {
            return true
        }
        return "12345678".utf8.contains(digits[12]) && "89ab".utf8.contains(digits[16])
    }

    /// A telephone number: `+`, a country code and the number, at most 15 digits (ITU-T E.164).
    static func isTelephone(_ text: String) -> Bool {
        let digits = text.utf8.dropFirst()
        return text.utf8.first == UInt8(ascii: "+") && (7...15).contains(digits.count)
            && digits.allSatisfy(\.isDigit) && digits.first != UInt8(ascii: "0")
    }

    /// `en`, `en-GB`, `zh-Hant-TW`: a language, perhaps a script and a region (RFC 5646).
    static func isLocale(_ text: String) -> Bool {
        var parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)[...]
        guard let language = parts.popFirst(), CountryCodes.isLanguage(language.text) else { return false }
        if let script = parts.first, script.count == 4, script.allSatisfy(\.isLetter) { parts.removeFirst() }
        guard let region = parts.popFirst() else { return true }
        let isNumber = region.count == 3 && region.allSatisfy(\.isDigit)
        return parts.isEmpty && (isNumber || CountryCodes.isRegion(region.text))
    }

    /// `0` to `100`, with or without a percent sign.
    static func percentage(_ text: String) -> Double? {
        let number = text.utf8.last == UInt8(ascii: "%") ? text.utf8.dropLast().text : text
        return NumberSyntax.decimal(number).flatMap { (0...100).contains($0) ? $0 : nil }
    }

    /// `A-Za-z0-9_-`, what RFC 4648 §5 is written in.
    static func isURLSafe(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    }
}
