/// Reads an XML-RPC reply: elements without attributes, text, comments, the five entities and character references.
///
/// A document type is refused, so nothing expands; depth is bounded, and size by whoever reads the bytes.
struct XMLRPCReader {
    static let deepest = 16

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    static func reply(_ bytes: [UInt8]) throws(XMLRPCFormatError) -> XMLRPCReply {
        var reader = XMLRPCReader(bytes)
        return try reader.reply()
    }

    private mutating func reply() throws(XMLRPCFormatError) -> XMLRPCReply {
        try expect("methodResponse")
        if try take("fault") {
            let fault = try value(depth: 0)
            return .fault(code: fault["faultCode"]?.number ?? 0, reason: fault["faultString"]?.text ?? "")
        }
        try expect("params")
        try expect("param")
        let value = try value(depth: 0)
        for name in ["/param", "/params", "/methodResponse"] { try expect(name) }
        return .value(value)
    }

    private mutating func value(depth: Int) throws(XMLRPCFormatError) -> XMLRPCValue {
        guard depth < Self.deepest else { throw error("less depth") }
        if try take("value/") { return .string("") }
        try expect("value")
        // Without an element inside, it is a string.
        let plain = try text()
        if try take("/value") { return .string(plain) }
        let result = try typed(depth: depth)
        try expect("/value")
        return result
    }

    private mutating func typed(depth: Int) throws(XMLRPCFormatError) -> XMLRPCValue {
        let name = try tag()
        switch name {
        case "int", "i4", "boolean":
            guard let number = Int(try text().filter { !$0.isWhitespace }) else { throw error("a number") }
            try expect("/\(name)")
            return name == "boolean" ? .boolean(number != 0) : .integer(number)
        case "string":
            let result = try text()
            try expect("/string")
            return .string(result)
        case "string/", "nil/": return .string("")
        case "array": return try array(depth: depth)
        case "struct": return try structure(depth: depth)
        default: throw error("a type instead of <\(name)>")
        }
    }

    private mutating func array(depth: Int) throws(XMLRPCFormatError) -> XMLRPCValue {
        var elements: [XMLRPCValue] = []
        if try !take("data/") {
            try expect("data")
            while try !take("/data") { elements.append(try value(depth: depth + 1)) }
        }
        try expect("/array")
        return .array(elements)
    }

    private mutating func structure(depth: Int) throws(XMLRPCFormatError) -> XMLRPCValue {
        var members: [String: XMLRPCValue] = [:]
        while try !take("/struct") {
            try expect("member")
            try expect("name")
            let name = try text()
            try expect("/name")
            members[name] = try value(depth: depth + 1)
            try expect("/member")
        }
        return .structure(members)
    }
}

// MARK: - Tags and text

extension XMLRPCReader {
    private func error(_ expected: String) -> XMLRPCFormatError {
        XMLRPCFormatError(offset: position, expected: expected)
    }

    private func starts(with text: String) -> Bool { bytes[position...].starts(with: text.utf8) }

    private mutating func expect(_ name: String) throws(XMLRPCFormatError) {
        guard try take(name) else { throw error("<\(name)>") }
    }

    /// Goes past the tag if it is the next one.
    private mutating func take(_ name: String) throws(XMLRPCFormatError) -> Bool {
        let before = position
        if try tag() == name { return true }
        position = before
        return false
    }

    /// The next tag's name, past white space, declarations and comments.
    private mutating func tag() throws(XMLRPCFormatError) -> String {
        while true {
            while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
            if starts(with: "<?") {
                try skip(past: "?>")
            } else if starts(with: "<!--") {
                try skip(past: "-->")
            } else {
                break
            }
        }
        guard starts(with: "<"), !starts(with: "<!"),
            let end = bytes[position...].prefix(64).firstIndex(of: UInt8(ascii: ">"))
        else { throw error("a tag") }
        let name = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
        position = end + 1
        return name.filter { $0 != " " }
    }

    private mutating func skip(past text: String) throws(XMLRPCFormatError) {
        while position < bytes.count, !starts(with: text) { position += 1 }
        guard position < bytes.count else { throw error(text) }
        position += text.utf8.count
    }

    /// Everything up to the next tag, entities resolved.
    private mutating func text() throws(XMLRPCFormatError) -> String {
        var result: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") {
            if bytes[position] == UInt8(ascii: "&") {
                result += Array(try entity().utf8)
            } else {
                result.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private mutating func entity() throws(XMLRPCFormatError) -> String {
        guard let end = bytes[position...].prefix(12).firstIndex(of: UInt8(ascii: ";")) else {
            throw error("the end of an entity")
        }
        let name = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
        let named = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]
        let hexadecimal = name.hasPrefix("#x")
        let number = UInt32(name.dropFirst(hexadecimal ? 2 : 1), radix: hexadecimal ? 16 : 10)
        let character = name.hasPrefix("#") ? number.flatMap(Unicode.Scalar.init).map { String($0) } : nil
        guard let result = named[name] ?? character else { throw error("a known entity") }
        position = end + 1
        return result
    }
}
