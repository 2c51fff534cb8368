/// Writes man(7): every character comes out as it stands, so that what is copied from a page works.
enum Roff {
    /// Running text, wrapped; what stands between backquotes is bold.
    static func text(_ text: String) -> String {
        var isBold = false
        var result = ""
        for character in TextWrap.wrap(text, width: 76) {
            if character == "`" {
                isBold.toggle()
                result += isBold ? "\\fB" : "\\fR"
            } else {
                result += character == "\n" ? "\n" : escape(String(character))
            }
        }
        return guarded(result)
    }

    /// A line as it stands, neither wrapped nor marked up.
    static func literal(_ text: String) -> String { guarded(escape(text)) }

    static func bold(_ text: String) -> String { "\\fB\(escape(text))\\fR" }
    static func italic(_ text: String) -> String { "\\fI\(escape(text))\\fR" }

    /// One argument of a macro.
    static func argument(_ text: String) -> String { "\"\(escape(text))\"" }

    /// Such as `.BR careinit\-check (1)`.
    static func reference(_ page: String, _ section: Int, _ rest: String = "") -> String {
        ".BR \(escape(page)) (\(section))\(rest)"
    }

    /// troff makes typography of - ' ` ^ ~ and commands of \ and "; what is not ASCII is named by its number.
    private static func escape(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\\": "\\e"
            case "-": "\\-"
            case "'": "\\(aq"
            case "`": "\\(ga"
            case "^": "\\(ha"
            case "~": "\\(ti"
            case "\"": "\\(dq"
            case "\u{20}"..."\u{7E}": String(scalar)
            default: "\\[u\(hex(scalar.value))]"
            }
        }.joined()
    }

    private static func hex(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// A full stop at the start of a line would be a macro; an apostrophe is never written as such.
    private static func guarded(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(".") ? "\\&" + $0 : String($0) }.joined(separator: "\n")
    }
}
