/// The members of a request's body, taken one by one; what is wrong with any of them is collected, and told at once.
struct BodyFields {
    private var members: [String: JSONValue]
    private let names: [String]
    private(set) var faults: [FieldFault] = []

    init(_ request: Request) throws(Problem) {
        members = try Self.members(of: request)
        names = members.keys.sorted()
    }

    /// - Throws: 415 for another type than JSON, 400 for another form than `JSONBody` reads.
    static func members(of request: Request) throws(Problem) -> [String: JSONValue] {
        try requireJSON(request.headers)
        do throws(JSONFault) {
            return try JSONBody.read(request.body)
        } catch {
            throw Problem(
                .badRequest, .malformedJSON, "The body is not the JSON object that is taken here.",
                fields: [FieldFault(error.field, error.detail)])
        }
    }

    mutating func fail(_ field: String, _ detail: String) { faults.append(FieldFault(field, detail)) }

    /// Whether the member stands there, also as null.
    func has(_ name: String) -> Bool { members[name] != nil }

    /// Nil where the member is missing or null, and `isRequired` is false.
    mutating func text(_ name: String, longest: Int, isRequired: Bool = false) -> String? {
        let wanted = "must be a text of 1 to \(longest) characters"
        switch members.removeValue(forKey: name) {
        case .string(let text):
            guard (1...longest).contains(text.unicodeScalars.count) else { break }
            // PostgreSQL's text has no place for it, and no reader needs it.
            guard !text.utf8.contains(0) else {
                fail(name, "must not hold U+0000")
                return nil
            }
            return text
        case nil where !isRequired, .null where !isRequired: return nil
        default: break
        }
        fail(name, wanted)
        return nil
    }

    /// As `text`, checked and put into its normal form by `parse`.
    mutating func parsed<Value>(
        _ name: String, isRequired: Bool = false, _ wanted: String, _ parse: (String) -> Value?
    ) -> Value? {
        switch members.removeValue(forKey: name) {
        case .string(let text):
            if let value = parse(text) { return value }
        case nil where !isRequired, .null where !isRequired: return nil
        default: break
        }
        fail(name, wanted)
        return nil
    }

    mutating func texts(_ name: String) -> [String] {
        switch members.removeValue(forKey: name) {
        case .strings(let texts): return texts
        case nil: return []
        default:
            fail(name, "must be an array of texts")
            return []
        }
    }

    /// Throws where anything was wrong, or a member was never asked for.
    mutating func end() throws(Problem) {
        for name in names where members[name] != nil { fail(name, "is not taken here") }
        guard faults.isEmpty else {
            throw Problem(.badRequest, .invalidField, "A field is not as it must be; see errors.", fields: faults)
        }
    }

    private static func requireJSON(_ headers: FieldList) throws(Problem) {
        let type = headers.single("Content-Type")?.prefix { $0 != ";" && $0 != " " }.lowercased()
        guard type == "application/json" else {
            throw Problem(
                .unsupportedMediaType, .unsupportedMediaType, "The body must be application/json.",
                fields: [FieldFault("Content-Type", "must be given once, as application/json")])
        }
    }
}
