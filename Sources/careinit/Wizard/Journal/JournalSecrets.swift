import FoundationEssentials

/// The secrets that were typed, by reference, in a file of their own: the journal names them, and never holds them.
struct JournalSecrets: Equatable, Sendable {
    private(set) var values: [String: String] = [:]

    init() {}

    /// Nothing where the bytes are not such a file: its secrets are asked for again.
    init(_ bytes: [UInt8]) {
        let document = try? JSONDecoder().decode(Document.self, from: Data(bytes))
        if let document, document.format == 1 { values = document.secrets }
    }

    /// Keeps the value, and of the others those that are still referred to.
    ///
    /// - Returns: A reference that stood for no secret before, so that a line of the journal that names an older one stays
    ///   true until it is replaced.
    mutating func add(_ value: String, keeping references: some Collection<String>) -> String {
        let kept = Set(references)
        let reference = String((values.keys.compactMap(Int.init).max() ?? 0) + 1)
        values = values.filter { kept.contains($0.key) }
        values[reference] = value
        return reference
    }

    var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(Document(secrets: values)))
        }
    }

    private struct Document: Codable {
        var format = 1
        var secrets: [String: String]
    }
}
