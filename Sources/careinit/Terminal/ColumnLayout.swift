import CEdit

/// Names side by side, as many as fit, read downwards.
enum ColumnLayout {
    /// At most `rows` lines; what has no place in them is counted in one more.
    static func lines(_ names: [String], width: Int, rows: Int) -> [String] {
        let column = (names.map(\.screenWidth).max() ?? 0) + 2
        let columns = max(1, width / column)
        let shown = names.prefix(columns * max(1, rows))
        let height = (shown.count + columns - 1) / columns
        var lines = (0..<height).map { row in
            let cells = stride(from: row, to: shown.count, by: height).map { shown[$0] }
            return cells.dropLast().map { $0 + String(repeating: " ", count: column - $0.screenWidth) }.joined()
                + (cells.last ?? "")
        }
        if shown.count < names.count { lines.append("and \(names.count - shown.count) more") }
        return lines
    }
}

extension String {
    /// The columns that it takes on a terminal (wcwidth(3)): two for a wide character, none for a combining one.
    var screenWidth: Int {
        if utf8.allSatisfy({ $0 < 0x80 }) { return utf8.count }
        return unicodeScalars.reduce(0) { $0 + max(0, Int(cedit_width($1.value))) }
    }
}
