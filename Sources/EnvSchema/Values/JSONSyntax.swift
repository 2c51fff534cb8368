/// JSON (RFC 8259), as far as a list or an object of a setting needs it.
enum JSONSyntax {
    indirect enum Value: Hashable {
        /// A string without its escapes, or the text of a number, `true`, `false` or `null`.
        case text(String)
        case list([Value])
        case object([Member])
    }

    struct Member: Hashable {
        var name: String
        var value: Value
    }

    static func parse(_ text: String) -> Value? {
        var reader = Reader(cursor: ByteCursor(Array(text.utf8)))
        guard let value = reader.value(depth: 0) else { return nil }
        reader.skipSpace()
        return reader.cursor.isAtEnd ? value : nil
    }

    /// The text as a string of JSON (§7).
    static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private struct Reader {
        var cursor: ByteCursor

        mutating func skipSpace() { cursor.skip { $0.isWhitespace && $0 != 11 && $0 != 12 } }

        mutating func value(depth: Int) -> Value? {
            skipSpace()
            guard depth < 32 else { return nil }
            switch cursor.peek() {
            case ASCII.doubleQuote: return string().map { .text($0) }
            case UInt8(ascii: "["): return list(depth: depth)
            case ASCII.openBrace: return object(depth: depth)
            default: return word()
            }
        }

        private mutating func word() -> Value? {
            let start = cursor.offset
            cursor.skip { $0.isAlphanumeric || $0 == ASCII.dot || "+-".utf8.contains($0) }
            let word = cursor.bytes[start..<cursor.offset].text
            if ["true", "false", "null"].contains(word) { return .text(word) }
            guard word.utf8.first?.isDigit == true || word.hasPrefix("-"), Double(word) != nil else { return nil }
            return .text(word)
        }

        private mutating func list(depth: Int) -> Value? {
            cursor.offset += 1
            var values: [Value] = []
            skipSpace()
            if cursor.take(UInt8(ascii: "]")) { return .list([]) }
            while let value = value(depth: depth + 1) {
                values.append(value)
                skipSpace()
                if cursor.take(UInt8(ascii: "]")) { return .list(values) }
                guard cursor.take(UInt8(ascii: ",")) else { return nil }
            }
            return nil
        }

        private mutating func object(depth: Int) -> Value? {
            cursor.offset += 1
            var members: [Member] = []
            skipSpace()
            if cursor.take(ASCII.closeBrace) { return .object([]) }
            while true {
                skipSpace()
                guard let name = string() else { return nil }
                skipSpace()
                guard cursor.take(ASCII.colon), let value = value(depth: depth + 1) else { return nil }
                members.append(Member(name: name, value: value))
                skipSpace()
                if cursor.take(ASCII.closeBrace) { return .object(members) }
                guard cursor.take(UInt8(ascii: ",")) else { return nil }
            }
        }

        private mutating func string() -> String? {
            guard cursor.take(ASCII.doubleQuote) else { return nil }
            var bytes: [UInt8] = []
            while let byte = cursor.peek() {
                cursor.offset += 1
                switch byte {
                case ASCII.doubleQuote: return bytes.text
                case ASCII.backslash:
                    guard let escaped = escape() else { return nil }
                    bytes += escaped
                case 0..<0x20: return nil
                default: bytes.append(byte)
                }
            }
            return nil
        }

        private mutating func escape() -> [UInt8]? {
            guard let sign = cursor.peek() else { return nil }
            cursor.offset += 1
            switch sign {
            case ASCII.doubleQuote, ASCII.backslash, UInt8(ascii: "/"): return [sign]
            case UInt8(ascii: "b"): return [8]
            case UInt8(ascii: "f"): return [12]
            case UInt8(ascii: "n"): return [10]
            case UInt8(ascii: "r"): return [13]
            case UInt8(ascii: "t"): return [9]
            case UInt8(ascii: "u"): return unit().map { Array(String($0).utf8) }
            default: return nil
            }
        }

        /// One `\u` sequence, or the two of a pair of surrogates.
        private mutating func unit() -> UnicodeScalar? {
            guard let high = hex4() else { return nil }
            guard (0xD800..<0xDC00).contains(high) else { return UnicodeScalar(high) }
            guard cursor.take(ASCII.backslash), cursor.take(UInt8(ascii: "u")), let low = hex4(),
                (0xDC00..<0xE000).contains(low)
            else { return nil }
            return UnicodeScalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
        }

        private mutating func hex4() -> UInt32? {
            let end = cursor.offset + 4
            guard end <= cursor.bytes.count, cursor.bytes[cursor.offset..<end].allSatisfy(\.isHexadecimal) else {
                return nil
            }
            defer { cursor.offset = end }
            return UInt32(cursor.bytes[cursor.offset..<end].text, radix: 16)
        }
    }
}
