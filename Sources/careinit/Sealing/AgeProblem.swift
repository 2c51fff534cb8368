/// Why age did not do it, from what it says on standard error; that holds no plaintext.
enum AgeProblem: Sendable, Equatable {
    case wrongKey
    /// Not what was sealed: cut short, or changed.
    case damaged
    case notSealed
    case wrongPassphrase
    case badRecipient(String)
    case badIdentity(String)
    case other(String)

    init(_ output: Subprocess.Output) {
        let lines = output.errorText.split(separator: "\n").map(String.init)
        let text =
            lines.first { $0.hasPrefix("age: error: ") }.map { String($0.dropFirst(12)) } ?? lines.first ?? ""
        self.init(text, ending: output.ending)
    }

    private init(_ text: String, ending: Subprocess.Ending) {
        let rules: [(words: [String], problem: AgeProblem)] = [
            (["no identity matched"], .wrongKey),
            (["incorrect passphrase", "decryption password incorrect", "x509: decryption"], .wrongPassphrase),
            (["decrypt and authenticate", "payload", "unexpected EOF", "bad header MAC", "last chunk"], .damaged),
            (["recipient"], .badRecipient(text)),
            (["identity", "identities", "secret key", "private key", "reading \""], .badIdentity(text)),
            (["read header", "parsing age header", "intro"], .notSealed),
        ]
        let found = rules.first { rule in rule.words.contains { text.contains($0) } }?.problem
        self = found ?? .other(text.isEmpty ? "it ended with \(ending)" : text)
    }

    var failure: CommandFailure {
        switch self {
        case .wrongKey:
            CommandFailure(
                .invalidData, "The file was not sealed for this key",
                why: "none of its recipients has this identity",
                fix: "name the identity of one of them; --identity may stand several times")
        case .damaged:
            CommandFailure(
                .invalidData, "The sealed file is damaged: it was cut short or changed",
                why: "age cannot vouch for it",
                fix: "take another copy of it")
        case .notSealed:
            CommandFailure(
                .invalidData, "This is no file that age has sealed, or its beginning is damaged",
                fix: "name the file that careinit seal has written")
        case .wrongPassphrase:
            CommandFailure(.notPermitted, "The passphrase is not the key's", fix: "try again")
        case .badRecipient(let why):
            CommandFailure(
                .usage, "age takes no such recipient", place: "--recipient", why: Self.shown(why),
                fix:
                    "age1…, a line of an ssh public key, or a file of such lines: age-keygen -y key.txt prints one"
            )
        case .badIdentity(let why):
            CommandFailure(
                .usage, "age takes no such identity", place: "--identity", why: Self.shown(why),
                fix: "a file that age-keygen wrote, or an ssh private key")
        case .other(let why):
            CommandFailure(.failure, "age did not do it", why: Self.shown(why))
        }
    }

    /// The text without anything that looks like a private key.
    private static func shown(_ text: String) -> String {
        guard let start = text.firstRange(of: "AGE-SECRET-KEY-") else { return text }
        return text[..<start.lowerBound] + "…"
    }
}
