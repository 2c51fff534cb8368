import FoundationEssentials

/// JSON for programs, in a form that people can read and that is the same each time.
enum JSONText {
    /// Names in snake_case, as everywhere in careinit's own documents, unless a standard wants them as they are.
    static func encode(
        _ value: some Encodable, keys: JSONEncoder.KeyEncodingStrategy = .convertToSnakeCase
    ) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = keys
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
