import TestSupport

extension SeededGenerator {
    /// Pieces that the syntax gives a meaning to, and pieces that it does not.
    static let pieces: [[UInt8]] =
        [
            "A", "B", "LONG_NAME", "=", "=", ":", "\n", "\n", "\r\n", "\r", " ", "\t", "#", " #", "'", "\"", "\\",
            "\\\"",
            "\\'", "$", "$$", "$A", "${A}", "${", "}", ":-", ":?", "-", "+", "{", "export ", "é", "\u{FEFF}", "`",
            "1",
            "# careinit:", "# @type=", "# ===", "(", ")", ",", "x", "value", "CHANGE_THIS", "\u{0}",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90]]

    mutating func document(pieces count: Int) -> [UInt8] {
        (0..<count).flatMap { _ in Self.pieces.randomElement(using: &self) ?? [] }
    }
}
