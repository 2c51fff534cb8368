/// The line that is being typed unseen, key by key.
struct SecretLine {
    private var bytes: [UInt8] = []
    private var escape: [UInt8] = []
    private var isPasting = false

    /// Takes one byte; returns the reply once the line is complete.
    mutating func take(_ byte: UInt8) -> Reply? {
        if !escape.isEmpty { return takeEscape(byte) }
        switch byte {
        case 0x1B: escape = [byte]
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
            if isPasting { return nil }
            return bytes.isEmpty ? .accepted : .line(String(decoding: bytes, as: UTF8.self))
        case 0x04: return bytes.isEmpty ? .endOfInput : nil
        case 0x7F, 0x08: removeCharacter()
        case 0x15: bytes = []
        case 0..<0x20: break
        default: bytes.append(byte)
        }
        return nil
    }

    /// Arrow keys and the like are dropped; Shift-Tab goes back; the marks around a paste are obeyed.
    private mutating func takeEscape(_ byte: UInt8) -> Reply? {
        escape.append(byte)
        let isComplete =
            escape.count == 2
            ? byte != UInt8(ascii: "[") && byte != UInt8(ascii: "O")
            : (0x40...0x7E).contains(byte)
        guard isComplete else { return nil }
        defer { escape = [] }
        if escape == Array("\u{1B}[200~".utf8) { isPasting = true }
        if escape == Array("\u{1B}[201~".utf8) { isPasting = false }
        return escape == Array("\u{1B}[Z".utf8) && !isPasting ? .line(":back") : nil
    }

    private mutating func removeCharacter() {
        while let last = bytes.popLast(), last & 0b1100_0000 == 0b1000_0000 {}
    }
}
