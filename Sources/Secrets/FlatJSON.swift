/// One flat JSON object (RFC 8259) of strings, integers, booleans and null: all that a token of ours, or a request to
/// write a note, consists of.
///
/// Reading is strict: a name that stands twice, a nested value, a number with a fraction or exponent, bytes that are
/// not UTF-8 and anything after the object make the whole of it nothing. General readers take the last of two equal
/// names, so that two programs may read two different things from one text.
package enum FlatJSON {
    package enum Value: Equatable, Sendable {
        case string(String)
        /// Within ±(2⁵³ − 1), which every JSON reader keeps exact.
        case integer(Int64)
        case boolean(Bool)
        case null
    }

    static let integers: ClosedRange<Int64> = -9_007_199_254_740_991...9_007_199_254_740_991

    static func encode(_ members: [(String, Value)]) -> [UInt8] {
        let texts = members.map { name, value in "\(quoted(name)):\(text(of: value))" }
        return Array("{\(texts.joined(separator: ","))}".utf8)
    }

    package static func decode(_ bytes: [UInt8]) -> [String: Value]? {
        var reader = FlatJSONReader(bytes)
        return reader.readObject()
    }

    private static func text(of value: Value) -> String {
        switch value {
        case .string(let text): quoted(text)
        case .integer(let number): String(number)
        case .boolean(let isTrue): isTrue ? "true" : "false"
        case .null: "null"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\\(scalar)"
            case "\u{0}"..."\u{1F}": result += "\\u00" + Hex.encode([UInt8(scalar.value)])
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
