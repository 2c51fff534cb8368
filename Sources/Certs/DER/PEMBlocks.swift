/// The certificates of a file, each by itself, so that one that is damaged does not hide those after it.
enum PEMBlocks {
    /// The DER of each certificate in the order of the file; nil for a block that is no Base64 or does not end. A file
    /// that is DER itself holds one.
    static func certificates(in bytes: [UInt8]) -> [[UInt8]?] {
        if bytes.first == DERTag.sequence { return [bytes] }
        var blocks: [[UInt8]?] = []
        var body: [UInt8]?
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let text = line.drop { $0 == 0x20 || $0 == 0x09 }
            if text.starts(with: beginning) {
                if body != nil { blocks.append(nil) }
                body = isCertificate(text) ? [] : nil
            } else if text.starts(with: ending) {
                if let body { blocks.append(Base64Reader.decode(body)) }
                body = nil
            } else {
                body?.append(contentsOf: line)
            }
        }
        if body != nil { blocks.append(nil) }
        return blocks
    }

    private static let beginning = Array("-----BEGIN ".utf8)
    private static let ending = Array("-----END ".utf8)

    private static func isCertificate(_ line: ArraySlice<UInt8>) -> Bool {
        let label = line.dropFirst(beginning.count)
        return ["CERTIFICATE-----", "X509 CERTIFICATE-----"].contains { label.starts(with: $0.utf8) }
    }
}

/// Base64 (RFC 4648 §4), blanks apart.
enum Base64Reader {
    static func decode(_ text: [UInt8]) -> [UInt8]? {
        var digits = text.filter { $0 != 0x20 && $0 != 0x09 }
        guard digits.count % 4 == 0 else { return nil }
        let padding = digits.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        digits.removeLast(padding)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 4 * 3)
        var buffer: UInt32 = 0
        var bits = 0
        for digit in digits {
            guard let value = value(digit) else { return nil }
            buffer = buffer << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
            }
        }
        return bytes
    }

    private static func value(_ digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
