import Secrets

/// What an organisation's lists in Redis are valid for. It is drawn at random, so that no version ever comes back, also not
/// after Redis has lost it.
enum ListVersion: Sendable, Equatable {
    /// A change is on its way, or its writer died over it: no list is used, and none stored.
    case changing(id: String)
    /// Lists that were read at `floor` or later are as new as the last change.
    case standing(id: String, floor: LogPosition)

    /// Nil where OpenSSL has no random bytes.
    static func makeChanging() -> ListVersion? { id().map { .changing(id: $0) } }

    /// Nil where OpenSSL has no random bytes.
    static func makeStanding(floor: LogPosition) -> ListVersion? { id().map { .standing(id: $0, floor: floor) } }

    private static func id() -> String? { try? SecretGenerator.hex(bytes: 16) }

    private static let idLength = 32

    /// As it stands in Redis.
    var text: String {
        switch self {
        case .changing(let id): "changing \(id)"
        case .standing(let id, let floor): "standing \(id) \(floor.text)"
        }
    }

    /// Nil for what `text` did not make.
    init?(_ bytes: [UInt8]) {
        let words = String(decoding: bytes, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard words.count > 1, words[1].utf8.count == Self.idLength, words[1].allSatisfy(\.isHexDigit) else {
            return nil
        }
        switch (words[0], words.count) {
        case ("changing", 2): self = .changing(id: String(words[1]))
        case ("standing", 3):
            guard let floor = LogPosition(words[2]) else { return nil }
            self = .standing(id: String(words[1]), floor: floor)
        default: return nil
        }
    }
}
