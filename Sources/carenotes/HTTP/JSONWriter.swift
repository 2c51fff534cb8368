/// Writes JSON (RFC 8259) as bytes.
struct JSONWriter: Sendable {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false
    private static let hexDigits = Array("0123456789abcdef".utf8)

    mutating func object(_ members: (inout JSONWriter) -> Void) { nested("{", "}", members) }

    mutating func array(_ elements: (inout JSONWriter) -> Void) { nested("[", "]", elements) }

    /// The name of a member, whose value must follow.
    mutating func name(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    mutating func string(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 { append(escaping: byte) }
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func integer(_ number: Int) { raw("\(number)") }

    /// Something that is JSON already, such as a number.
    mutating func raw(_ text: String) {
        separate()
        bytes += text.utf8
    }

    mutating func member(_ name: String, _ text: String?) {
        self.name(name)
        if let text { string(text) } else { raw("null") }
    }

    mutating func member(_ name: String, _ texts: [String]) {
        self.name(name)
        array { json in for text in texts { json.string(text) } }
    }

    mutating func member(_ name: String, _ number: Int?) {
        self.name(name)
        if let number { integer(number) } else { raw("null") }
    }

    /// With so many digits after the point.
    mutating func member(_ name: String, _ number: Double?, digits: Int) {
        self.name(name)
        raw(number.map { Decimal.text($0, digits: digits) } ?? "null")
    }

    mutating func member(_ name: String, _ isTrue: Bool) {
        self.name(name)
        raw(isTrue ? "true" : "false")
    }

    private mutating func nested(
        _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ content: (inout JSONWriter) -> Void
    ) {
        separate()
        bytes.append(UInt8(ascii: opening))
        needsComma = false
        content(&self)
        bytes.append(UInt8(ascii: closing))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func append(escaping byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
        case UInt8(ascii: "\n"): bytes += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
        case 0..<0x20:
            bytes += "\\u00".utf8
            bytes += [Self.hexDigits[Int(byte >> 4)], Self.hexDigits[Int(byte & 15)]]
        default: bytes.append(byte)
        }
    }
}
