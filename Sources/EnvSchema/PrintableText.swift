/// Text as a terminal may show it: it is told nothing by it, and a tab is one column.
package enum PrintableText {
    /// - Parameters:
    ///   - text: What stands in a file that somebody else may have written.
    ///   - width: How many Unicode scalars are shown; more are cut off, and an ellipsis says so.
    /// - Returns: The text with U+FFFD for each control character.
    package static func make(_ text: String, width: Int) -> String {
        let scalars = text.unicodeScalars.prefix(width).map { scalar -> UnicodeScalar in
            if scalar == "\t" { return " " }
            return scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "\u{FFFD}" : scalar
        }
        return String(String.UnicodeScalarView(scalars)) + (text.unicodeScalars.count > width ? "…" : "")
    }
}
