import FoundationEssentials
import Secrets

/// One line of the wizard's journal: a JSON object of what happened, and a digest that tells whether it is still as it
/// was written.
enum JournalEntry: Equatable, Sendable {
    case header(JournalHeader)
    case profile(Profile)
    case answer(name: String, value: String)
    /// The value is kept in the store of secrets, under this reference.
    case secret(name: String, reference: String)
    case forget(name: String)
    case position(WizardPosition)

    /// The line, its line feed included: `{"sum":"…","entry":{…}}`.
    var line: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let entry = Array(try encoder.encode(JournalRecord(self)))
            return Self.start + Self.sum(of: entry) + Self.middle + entry + Self.end
        }
    }

    /// Reads a line without its line feed; nil where it is not, byte by byte, what was written.
    init?(line: ArraySlice<UInt8>) {
        let sum = line.dropFirst(Self.start.count).prefix(Self.sumLength)
        let rest = line.dropFirst(Self.start.count + Self.sumLength)
        guard line.starts(with: Self.start), rest.starts(with: Self.middle), rest.last == Self.end.first else {
            return nil
        }
        let entry = Array(rest.dropFirst(Self.middle.count).dropLast())
        guard Array(sum) == Self.sum(of: entry),
            let record = try? JSONDecoder().decode(JournalRecord.self, from: Data(entry)),
            let known = record.entry
        else { return nil }
        self = known
    }

    private static let start = Array(#"{"sum":""#.utf8)
    private static let middle = Array(#"","entry":"#.utf8)
    private static let end = Array("}\n".utf8)
    private static let sumLength = 16

    /// The first 16 hexadecimal digits of the SHA-256: against accidents, not against people.
    private static func sum(of bytes: [UInt8]) -> [UInt8] {
        Array(Digest.sha256Hex(bytes).utf8.prefix(sumLength))
    }
}

/// What a journal begins with.
struct JournalHeader: Codable, Equatable, Sendable {
    /// Raised when a line changes its meaning.
    static let currentFormat = 1

    var format = currentFormat
    /// The version of careinit that began it.
    var careinit: String
    /// The SHA-256 of the `.env` that was there, or `none`.
    var environment: String
    /// The SHA-256 of the template.
    var template: String
    /// nil until it was chosen.
    var profile: Profile?
    /// Seconds since 1970.
    var started: Int64
}

/// Where in the wizard somebody is.
enum WizardPosition: Equatable, Sendable {
    /// That variable is being asked for.
    case variable(String)
    case review
}

extension Profile: Codable {}

/// An entry as JSON has it. Kinds that are not known make the line unreadable: they would change what it says.
private struct JournalRecord: Codable {
    var kind: String
    var header: JournalHeader?
    var profile: Profile?
    var name: String?
    var value: String?
    var reference: String?

    init(_ entry: JournalEntry) {
        switch entry {
        case .header(let header): (kind, self.header) = ("header", header)
        case .profile(let profile): (kind, self.profile) = ("profile", profile)
        case .answer(let name, let value): (kind, self.name, self.value) = ("answer", name, value)
        case .secret(let name, let reference): (kind, self.name, self.reference) = ("secret", name, reference)
        case .forget(let name): (kind, self.name) = ("forget", name)
        case .position(.variable(let name)): (kind, self.name) = ("position", name)
        case .position(.review): kind = "review"
        }
    }

    var entry: JournalEntry? {
        switch kind {
        case "header": header.map { .header($0) }
        case "profile": profile.map { .profile($0) }
        case "answer": name.flatMap { name in value.map { .answer(name: name, value: $0) } }
        case "secret": name.flatMap { name in reference.map { .secret(name: name, reference: $0) } }
        case "forget": name.map { .forget(name: $0) }
        case "position": name.map { .position(.variable($0)) }
        case "review": .position(.review)
        default: nil
        }
    }
}
