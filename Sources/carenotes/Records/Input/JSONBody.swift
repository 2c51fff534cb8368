/// Reads one JSON object (RFC 8259) whose members are strings, whole numbers, booleans, null and arrays of strings.
///
/// Strict, so that no two readers see two things in one text: no name twice, no object within the object, no surrogate
/// without its other half, no bytes that are not UTF-8, nothing after the object. Each byte is looked at once, and nothing
/// recurses: depth costs nothing.
struct JSONBody {
    private let bytes: [UInt8]
    private var position = 0
    /// The member that is being read.
    private var field = "(body)"
    private static let integerLimit: Int64 = 9_007_199_254_740_991

    static func read(_ bytes: [UInt8]) throws(JSONFault) -> [String: JSONValue] {
        var reader = JSONBody(bytes: bytes)
        return try reader.object()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func object() throws(JSONFault) -> [String: JSONValue] {
        var members: [String: JSONValue] = [:]
        skipSpace()
        guard take("{") else { throw fault("must be a JSON object") }
        skipSpace()
        if !take("}") {
            repeat {
                field = "(body)"
                skipSpace()
                let name = try string()
                field = name
                skipSpace()
                guard take(":") else { throw fault("must be followed by a colon and its value") }
                skipSpace()
                guard members.updateValue(try value(), forKey: name) == nil else {
                    throw fault("must not stand twice")
                }
                skipSpace()
            } while take(",")
            guard take("}") else { throw fault("must be followed by a comma or the end of the object") }
        }
        field = "(body)"
        skipSpace()
        guard position == bytes.count else { throw fault("must end after the object") }
        return members
    }

    private mutating func value() throws(JSONFault) -> JSONValue {
        switch peek {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "["): return .strings(try strings())
        case UInt8(ascii: "{"): throw fault("must not be an object")
        case UInt8(ascii: "t") where takeWord("true"): return .boolean(true)
        case UInt8(ascii: "f") where takeWord("false"): return .boolean(false)
        case UInt8(ascii: "n") where takeWord("null"): return .null
        default: return .integer(try integer())
        }
    }

    private mutating func strings() throws(JSONFault) -> [String] {
        var texts: [String] = []
        _ = take("[")
        skipSpace()
        if take("]") { return [] }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw fault("must hold texts only") }
            texts.append(try string())
            skipSpace()
        } while take(",")
        guard take("]") else { throw fault("must be an array with its end") }
        return texts
    }

    /// `-`, then `0` or digits without a leading zero, not followed by a fraction or an exponent.
    private mutating func integer() throws(JSONFault) -> Int64 {
        let isNegative = take("-")
        let start = position
        var value: Int64 = 0
        while let digit = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
            value = value * 10 + Int64(digit - UInt8(ascii: "0"))
            guard value <= Self.integerLimit else { throw fault("must not be so large a number") }
            position += 1
        }
        let count = position - start
        guard count > 0 else { throw fault("must be a JSON value") }
        let goesOn = peek.map { [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains($0) } ?? false
        guard !goesOn, count == 1 || bytes[start] != UInt8(ascii: "0") else {
            throw fault("must not be a number with a fraction, an exponent or a leading zero")
        }
        return isNegative ? -value : value
    }
}

extension JSONBody {
    private mutating func string() throws(JSONFault) -> String {
        guard take("\"") else { throw fault("must be a JSON object with its names in quotes") }
        var text: [UInt8] = []
        while let byte = peek {
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: text, as: UTF8.self) else { throw fault("must be UTF-8") }
                return text
            case UInt8(ascii: "\\"): text += Array(String(try escape()).utf8)
            case 0..<0x20: throw fault("must have its control characters escaped")
            default: text.append(byte)
            }
        }
        throw fault("must be a text with its end")
    }

    private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
        let byte = peek
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
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw fault("must not have another escape than JSON's")
        }
    }

    /// Four hexadecimal digits, or two surrogates that make one scalar.
    private mutating func unicodeEscape() throws(JSONFault) -> Unicode.Scalar {
        let first = try fourDigits()
        var value = first
        if (0xD800...0xDBFF).contains(first) {
            guard take("\\"), take("u") else { throw loneSurrogate }
            let second = try fourDigits()
            guard (0xDC00...0xDFFF).contains(second) else { throw loneSurrogate }
            value = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw loneSurrogate }
        return scalar
    }

    private mutating func fourDigits() throws(JSONFault) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw fault("must have four hexadecimal digits after \\u")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    private var loneSurrogate: JSONFault { fault("must not have half of a surrogate pair") }

    private func fault(_ detail: String) -> JSONFault { JSONFault(field: field, detail: detail) }

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
