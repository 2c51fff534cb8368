import Secrets

/// What is written: everything follows from the seed, so that the same seed writes the same notes under the same
/// idempotency keys.
struct Corpus: Equatable, Sendable {
    /// Where a note comes from this program.
    static let marker = "careload "
    private static let words = [
        "slept", "well", "ate", "breakfast", "walked", "garden", "daughter", "visited", "tablets", "taken", "tea",
        "afternoon", "calm", "cheerful", "bathed", "music", "appetite", "naïve", "café", "14:30",
    ]

    var seed: String
    var residentCount: Int

    /// Which of the residents the write is about.
    func resident(of write: Int) -> Int { write % residentCount }

    /// Under which the resident is taken in: the same seed finds the same residents again.
    func key(ofResident number: Int) -> String { identifier("resident \(number)") }

    func key(of write: Int) -> String { identifier("key \(write)") }

    /// No two writes have the same text.
    func text(of write: Int) -> String {
        let picks = Digest.sha256("\(seed) text \(write)").prefix(16).map {
            Self.words[Int($0) % Self.words.count]
        }
        return "\(Self.marker)\(seed) \(write): \(picks.joined(separator: " "))"
    }

    /// A UUID made from a hash (RFC 9562, version 8).
    private func identifier(_ name: String) -> String {
        var bytes = Array(Digest.sha256("\(seed) \(name)").prefix(16))
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array(Hex.encode(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}
