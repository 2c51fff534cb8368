/// Breaks text into lines at spaces.
enum TextWrap {
    /// Fills lines of at most `width` characters; the first starts with `first`, the others with `indent`.
    /// A word that is longer than a line stands alone on its own.
    static func wrap(_ words: [String], width: Int, first: String, indent: String) -> String {
        var lines: [String] = []
        var line = first
        var isEmpty = true
        for word in words {
            if !isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = indent
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return (lines + [line]).joined(separator: "\n")
    }

    /// Fills lines of at most `width` characters from running text.
    static func wrap(_ text: String, width: Int, indent: String = "") -> String {
        wrap(
            text.split(whereSeparator: \.isWhitespace).map(String.init), width: width, first: indent,
            indent: indent)
    }
}
