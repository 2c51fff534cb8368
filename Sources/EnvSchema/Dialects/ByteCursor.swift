/// A place in bytes that moves forward.
struct ByteCursor {
    let bytes: [UInt8]
    var offset = 0

    init(_ bytes: [UInt8], at offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    var isAtEnd: Bool { offset >= bytes.count }

    func peek(_ ahead: Int = 0) -> UInt8? {
        offset + ahead < bytes.count ? bytes[offset + ahead] : nil
    }

    /// Moves over the byte where it is there.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek() == byte else { return false }
        offset += 1
        return true
    }

    mutating func skip(while belongs: (UInt8) -> Bool) {
        while offset < bytes.count, belongs(bytes[offset]) { offset += 1 }
    }

    func starts(with word: StaticString) -> Bool {
        word.withUTF8Buffer { bytes.count - offset >= $0.count && bytes[offset...].starts(with: $0) }
    }

    /// The place of the next such byte from here on.
    func find(_ byte: UInt8, from ahead: Int = 0) -> Int? {
        var index = offset + ahead
        while index < bytes.count {
            if bytes[index] == byte { return index }
            index += 1
        }
        return nil
    }
}
