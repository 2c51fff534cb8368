/// SQL that is prepared once on each connection, under its name.
struct Statement: Sendable {
    let name: String
    let text: String
}

/// A value bound to $1, $2, …: never part of the SQL text.
enum PostgresValue: Sendable, Equatable {
    /// Sent as text, in the input syntax of the parameter's type.
    case text(String)
    /// Sent as binary, for `bytea`.
    case bytes([UInt8])
    /// SQL's NULL.
    case null

    /// The text, or NULL where there is none.
    static func optional(_ text: String?) -> PostgresValue { text.map { .text($0) } ?? .null }

    static func integer(_ value: Int) -> PostgresValue { .text(String(value)) }

    var isBinary: Bool {
        switch self {
        case .text, .null: false
        case .bytes: true
        }
    }

    /// libpq takes text up to its NUL, and binary by length.
    fileprivate var contents: [UInt8] {
        switch self {
        case .text(let text): Array(text.utf8) + [0]
        case .bytes(let bytes): bytes
        case .null: []
        }
    }
}

/// The arrays that libpq's `PQsendQueryPrepared` reads.
struct BoundValues {
    private let contents: [UInt8]
    /// Nil for SQL's NULL.
    private let offsets: [Int?]
    let lengths: [Int32]
    let formats: [Int32]

    /// Nil where a text holds a NUL, which PostgreSQL has no place for and libpq would cut at.
    init?(_ values: [PostgresValue]) {
        let parts = values.map(\.contents)
        for (value, part) in zip(values, parts) where !value.isBinary {
            guard !part.dropLast().contains(0) else { return nil }
        }
        var offsets: [Int?] = []
        var contents: [UInt8] = []
        for (value, part) in zip(values, parts) {
            offsets.append(value == .null ? nil : contents.count)
            contents += part
        }
        // An empty last value still needs an address: null would mean SQL's NULL.
        self.contents = contents + [0]
        self.offsets = offsets
        lengths = parts.map { Int32(clamping: $0.count) }
        formats = values.map { $0.isBinary ? 1 : 0 }
    }

    func withPointers<Result>(_ body: ([UnsafePointer<CChar>?]) -> Result) -> Result {
        contents.withUnsafeBytes { buffer in
            let start = buffer.bindMemory(to: CChar.self).baseAddress
            return body(offsets.map { offset in offset.flatMap { place in start.map { $0 + place } } })
        }
    }
}
