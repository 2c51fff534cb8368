/// Random input for tests; the same seed makes the same input again (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

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
