/// Reads one flat object from bytes, each looked at once.
struct FlatJSONReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func readObject() -> [String: FlatJSON.Value]? {
        var members: [String: FlatJSON.Value] = [:]
        skipSpace()
        guard take("{") else { return nil }
        skipSpace()
        if !take("}") {
            repeat {
                guard let (name, value) = readMember(), members.updateValue(value, forKey: name) == nil else {
                    return nil
                }
            } while take(",")
            guard take("}") else { return nil }
        }
        skipSpace()
        return position == bytes.count ? members : nil
    }

    private mutating func readMember() -> (String, FlatJSON.Value)? {
        skipSpace()
        guard let name = readString() else { return nil }
        skipSpace()
        guard take(":") else { return nil }
        skipSpace()
        guard let value = readValue() else { return nil }
        skipSpace()
        return (name, value)
    }

    private mutating func readValue() -> FlatJSON.Value? {
        switch peek {
        case UInt8(ascii: "\""): readString().map { .string($0) }
        case UInt8(ascii: "t"): takeWord("true") ? .boolean(true) : nil
        case UInt8(ascii: "f"): takeWord("false") ? .boolean(false) : nil
        case UInt8(ascii: "n"): takeWord("null") ? .null : nil
        default: readInteger().map { .integer($0) }
        }
    }

    /// `-`, then `0` or digits without a leading zero, not followed by a fraction or an exponent.
    private mutating func readInteger() -> Int64? {
        let isNegative = take("-")
        let start = position
        var value: Int64 = 0
        while let digit = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
            value = value * 10 + Int64(digit - UInt8(ascii: "0"))
            guard FlatJSON.integers.contains(value) else { return nil }
            position += 1
        }
        let count = position - start
        guard count > 0, count == 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
        return isNegative ? -value : value
    }

    private mutating func readString() -> String? {
        guard take("\"") else { return nil }
        var text: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = readEscape() else { return nil }
                text += Array(String(scalar).utf8)
            case 0..<0x20: return nil
            default: text.append(byte)
            }
        }
        return nil
    }

    private mutating func readEscape() -> Unicode.Scalar? {
        guard let byte = peek else { return nil }
        position += 1
        switch byte {
        case UInt8(ascii: "\""): return "\""
        case UInt8(ascii: "\\"): return "\\"
        case UInt8(ascii: "/"): return "/"
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return readUnicodeEscape()
        default: return nil
        }
    }

    /// Four hexadecimal digits, or two surrogates that make one scalar.
    private mutating func readUnicodeEscape() -> Unicode.Scalar? {
        guard let first = readFourDigits() else { return nil }
        guard (0xD800...0xDBFF).contains(first) else { return Unicode.Scalar(first) }
        guard take("\\"), take("u"), let second = readFourDigits(), (0xDC00...0xDFFF).contains(second) else {
            return nil
        }
        return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    }

    private mutating func readFourDigits() -> UInt32? {
        guard position + 4 <= bytes.count else { return nil }
        let digits = String(decoding: bytes[position..<(position + 4)], as: UTF8.self)
        guard let pair = Hex.decode(digits), pair.count == 2 else { return nil }
        position += 4
        return UInt32(pair[0]) << 8 | UInt32(pair[1])
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard peek == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func takeWord(_ word: String) -> Bool {
        guard bytes[position...].starts(with: word.utf8) else { return false }
        position += word.utf8.count
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }
}
