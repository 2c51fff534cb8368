/// The escape sequences of bash's `$'…'` (bash(1), QUOTING).
enum AnsiEscapes {
    static func expand(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var cursor = ByteCursor(text)
        while let byte = cursor.peek() {
            cursor.offset += 1
            guard byte == ASCII.backslash, let sign = cursor.peek() else {
                result.append(byte)
                continue
            }
            cursor.offset += 1
            guard let bytes = meaning(of: sign, &cursor) else {
                result += [byte, sign]
                continue
            }
            // A NUL ends the text.
            if bytes == [0] { return result }
            result += bytes
        }
        return result
    }

    private static func meaning(of sign: UInt8, _ cursor: inout ByteCursor) -> [UInt8]? {
        switch sign {
        case UInt8(ascii: "a"): return [7]
        case UInt8(ascii: "b"): return [8]
        case UInt8(ascii: "e"), UInt8(ascii: "E"): return [27]
        case UInt8(ascii: "f"): return [12]
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "v"): return [11]
        case ASCII.backslash, ASCII.singleQuote, ASCII.doubleQuote, UInt8(ascii: "?"): return [sign]
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            cursor.offset -= 1
            return number(&cursor, radix: 8, digits: 3).map { [UInt8(truncatingIfNeeded: $0)] }
        case UInt8(ascii: "x"):
            return number(&cursor, radix: 16, digits: 2).map { [UInt8(truncatingIfNeeded: $0)] }
        case UInt8(ascii: "u"): return scalar(&cursor, digits: 4)
        case UInt8(ascii: "U"): return scalar(&cursor, digits: 8)
        case UInt8(ascii: "c"):
            guard let letter = cursor.peek() else { return nil }
            cursor.offset += 1
            return [letter & 0x1F]
        default: return nil
        }
    }

    private static func scalar(_ cursor: inout ByteCursor, digits: Int) -> [UInt8]? {
        number(&cursor, radix: 16, digits: digits).flatMap { UnicodeScalar($0) }.map { Array(String($0).utf8) }
    }

    private static func number(_ cursor: inout ByteCursor, radix: Int, digits: Int) -> UInt32? {
        var text = ""
        while text.utf8.count < digits, let byte = cursor.peek(),
            radix == 16 ? byte.isHexadecimal : (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte)
        {
            text.unicodeScalars.append(UnicodeScalar(byte))
            cursor.offset += 1
        }
        return UInt32(text, radix: radix)
    }
}
