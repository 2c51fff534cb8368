/// The bytes that the syntax of a `.env` file is made of.
enum ASCII {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let hash = UInt8(ascii: "#")
    static let dollar = UInt8(ascii: "$")
    static let backslash = UInt8(ascii: "\\")
    static let singleQuote = UInt8(ascii: "'")
    static let doubleQuote = UInt8(ascii: "\"")
    static let equals = UInt8(ascii: "=")
    static let dot = UInt8(ascii: ".")
    static let colon = UInt8(ascii: ":")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
}

extension UInt8 {
    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isUppercase: Bool { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") }
    var isLowercase: Bool { self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z") }
    var isLetter: Bool { isUppercase || isLowercase }
    var isAlphanumeric: Bool { isLetter || isDigit }
    var isHexadecimal: Bool {
        isDigit || (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "f")
    }
    /// White space within a line.
    var isBlank: Bool { self == ASCII.space || self >= ASCII.tab && self <= 13 && self != ASCII.lineFeed }
    var isWhitespace: Bool { isBlank || self == ASCII.lineFeed }
    var isControl: Bool { self < 0x20 || self == 0x7F }
    /// A byte that starts the name of a variable.
    var startsName: Bool { isLetter || self == UInt8(ascii: "_") }
    /// A byte within the name of a variable.
    var continuesName: Bool { isAlphanumeric || self == UInt8(ascii: "_") }
    var lowercased: UInt8 { isUppercase ? self | 0x20 : self }
}

extension Collection<UInt8> {
    /// As text; bytes that are not UTF-8 become U+FFFD, as in Go and Python.
    var text: String { String(decoding: self, as: UTF8.self) }
}

extension BidirectionalCollection<UInt8> where SubSequence: BidirectionalCollection<UInt8> {
    /// Without white space at both ends.
    var trimmed: SubSequence {
        var rest = self[...]
        while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
        while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
        return rest
    }
}
