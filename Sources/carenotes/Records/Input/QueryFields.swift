/// The parameters of a query, taken one by one; what is wrong with any of them is collected, and told at once.
struct QueryFields {
    private var values: [String: [String]] = [:]
    private var names: [String] = []
    private var faults: [FieldFault] = []

    static let limits = 1...200

    init(_ request: Request) {
        // What stands between two `&` is nothing, and no parameter.
        for field in request.query.fields where !(field.name.isEmpty && field.value.isEmpty) {
            if values[field.name] == nil { names.append(field.name) }
            values[field.name, default: []].append(field.value)
        }
    }

    mutating func fail(_ field: String, _ detail: String) { faults.append(FieldFault(field, detail)) }

    /// Nil where it is not given.
    mutating func parsed<Value>(_ name: String, _ wanted: String, _ parse: (String) -> Value?) -> Value? {
        guard let given = values.removeValue(forKey: name) else { return nil }
        guard given.count == 1 else {
            fail(name, "must be given once")
            return nil
        }
        guard let text = Self.decoded(given[0]), let value = parse(text) else {
            fail(name, wanted)
            return nil
        }
        return value
    }

    mutating func limit() -> Int {
        let wanted = "must be a number from \(Self.limits.lowerBound) to \(Self.limits.upperBound)"
        return parsed("limit", wanted) { text in
            guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
                return nil
            }
            return Int(text).flatMap { Self.limits.contains($0) ? $0 : nil }
        } ?? 50
    }

    /// Throws for what no page gave.
    mutating func cursor() throws(Problem) -> PageCursor? {
        guard let given = values.removeValue(forKey: "cursor") else { return nil }
        guard given.count == 1, let text = Self.decoded(given[0]), let cursor = PageCursor(text: text) else {
            throw Problem(RecordsError.invalidCursor)
        }
        return cursor
    }

    /// Throws where anything was wrong, or a parameter was never asked for.
    mutating func end() throws(Problem) {
        for name in names where values[name] != nil { fail(name, "is not taken here") }
        guard faults.isEmpty else {
            throw Problem(
                .badRequest, .invalidParameter, "A parameter is not as it must be; see errors.", fields: faults)
        }
    }

    /// Throws where the request has a parameter of another name.
    static func requireOnly(_ names: [String], _ request: Request) throws(Problem) {
        var fields = QueryFields(request)
        for name in names { fields.values[name] = nil }
        try fields.end()
    }

    /// Undoes percent-encoding (RFC 3986 §2.1); nil where a `%` has no two digits, or the bytes are not UTF-8. A `+` is a
    /// plus: times have one.
    private static func decoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
                let value = UInt8(digits, radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
