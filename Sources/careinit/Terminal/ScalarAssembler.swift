/// Puts characters together from bytes of UTF-8 (RFC 3629) as they come; what is none is dropped.
struct ScalarAssembler {
    private var bytes: [UInt8] = []
    private var length = 0

    /// Takes one byte; returns the character that it completes.
    mutating func take(_ byte: UInt8) -> Unicode.Scalar? {
        if byte & 0b1100_0000 != 0b1000_0000 {
            // A character that was begun and not finished is dropped.
            bytes = []
            length = Self.length(ofSequenceAfter: byte)
        } else if bytes.isEmpty {
            return nil
        }
        guard length > 0 else { return nil }
        bytes.append(byte)
        guard bytes.count == length else { return nil }
        defer { bytes = [] }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        return text.unicodeScalars.first
    }

    private static func length(ofSequenceAfter byte: UInt8) -> Int {
        switch byte {
        case 0..<0x80: 1
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 0
        }
    }
}
