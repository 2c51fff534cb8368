import EnvSchema
import Secrets

/// `keys.env`: the number of the generation, and the keys that are accepted beside those of the settings while one takes the
/// place of another. In the syntax of `.env`; several keys stand with commas between them. What a key holds but letters,
/// digits and `-_.~` may stand as in RFC 3986, such as `%2C` for a comma.
struct KeysFile: Sendable, Equatable {
    var generation = 0
    var signing: [SecretBytes] = []
    var refreshing: [SecretBytes] = []
    var encryption: [SecretBytes] = []

    /// What is wrong with it, without a value.
    struct Fault: Error, Equatable, Sendable {
        /// From 1.
        var line: Int
        var reason: String
    }

    private static let encryptionKeyLength = 32

    init() {}

    init(parsing bytes: [UInt8]) throws(Fault) {
        let document = EnvDocument(parsing: bytes)
        if let problem = document.problems.first(where: { $0.severity == .error }) {
            throw Fault(line: problem.position?.line ?? 1, reason: problem.code.rawValue)
        }
        for assignment in document.assignments { try read(assignment) }
    }

    private mutating func read(_ assignment: Assignment) throws(Fault) {
        func fault(_ reason: String) -> Fault { Fault(line: assignment.position.line, reason: reason) }
        let value = assignment.value
        switch assignment.name {
        case "GENERATION":
            guard let number = Int(value), number >= 0 else { throw fault("GENERATION is no number") }
            generation = number
        case "JWT_SECRET_ALSO": signing = try Self.keys(value, fault)
        case "JWT_REFRESH_SECRET_ALSO": refreshing = try Self.keys(value, fault)
        case "ENCRYPTION_KEY_ALSO":
            encryption = try value.split(separator: ",").map { text throws(Fault) in
                guard let key = Hex.decode(String(text)), key.count == Self.encryptionKeyLength else {
                    throw fault("ENCRYPTION_KEY_ALSO holds something else than 64 hexadecimal digits")
                }
                return SecretBytes(key)
            }
        default: throw fault("the name is none of this file's")
        }
    }

    private static func keys(_ text: String, _ fault: (String) -> Fault) throws(Fault) -> [SecretBytes] {
        try text.split(separator: ",").map { part throws(Fault) in
            guard let key = PercentEncoding.decode(part) else {
                throw fault("a percent sign is not followed by two hexadecimal digits")
            }
            return SecretBytes(key)
        }
    }
}

/// Bytes as RFC 3986 §2.1 writes them.
enum PercentEncoding {
    /// nil where a percent sign is not followed by two hexadecimal digits.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                result.append(byte)
                continue
            }
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            guard digits.utf8.count == 2, let value = Hex.decode(digits) else { return nil }
            result += value
            rest = rest.dropFirst(2)
        }
        return result
    }
}
