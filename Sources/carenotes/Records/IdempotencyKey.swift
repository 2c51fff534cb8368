import Secrets

/// What a POST is known by when it comes again.
package struct IdempotencyKey: Sendable, Equatable {
    package var text: String
    /// The same for the same request, however its JSON was spaced.
    package var requestHash: [UInt8]
    /// What an earlier copy of the request may have been hashed to, under other keys that still count.
    package var earlierHashes: [[UInt8]] = []

    package init(text: String, requestHash: [UInt8]) {
        self.text = text
        self.requestHash = requestHash
    }

    init(text: String, _ hashes: RequestHash.Hashes) {
        self.init(text: text, requestHash: hashes.primary)
        earlierHashes = hashes.others
    }

    /// Whether the hash is of the same request.
    func matches(_ hash: [UInt8]) -> Bool { hash == requestHash || earlierHashes.contains(hash) }

    /// The longest key, in bytes.
    private static let longest = 255
    static let form = JSONSchema.TextForm(lengths: 1...longest, pattern: "^[!-~]+$")

    /// The proxy sends a POST again when a replica fails, so that one without a key could be carried out twice.
    static func text(_ headers: FieldList) throws(Problem) -> String {
        guard let key = headers.single("Idempotency-Key"), (1...longest).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw Problem(
                .badRequest, .invalidIdempotencyKey,
                "Idempotency-Key must be given once, with 1 to \(longest) visible ASCII characters.",
                fields: [
                    FieldFault("Idempotency-Key", "must be given once, as 1 to \(longest) visible characters")
                ])
        }
        return key
    }
}

/// Hashes requests under a key: a hash stands in the database in clear, and a plain digest would let whoever reads that
/// find out a short note by trying.
struct RequestHash: Sendable {
    private let keys: KeyRing

    /// One request, hashed with each key.
    struct Hashes: Sendable, Equatable {
        /// What is stored.
        var primary: [UInt8]
        /// What may have been stored before.
        var others: [[UInt8]]
    }

    init(encryption: KeyRing) { keys = encryption.derived("carenotes idempotency request hash") }

    /// Each part with its length, so that no other parts have the same hash.
    func of(_ parts: [String?]) -> Hashes {
        of(text: parts.map { part in part.map { "\($0.utf8.count):\($0)" } ?? "-" }.joined(separator: "\n"))
    }

    func of(text: String) -> Hashes {
        let bytes = Array(text.utf8)
        return Hashes(
            primary: Digest.hmacSHA256(key: keys.primary, bytes),
            others: keys.others.map { Digest.hmacSHA256(key: $0, bytes) })
    }
}
