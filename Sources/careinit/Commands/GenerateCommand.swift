import EnvSchema

#if canImport(Glibc)
    import Glibc
#endif

/// `careinit generate`: secrets as the wizard makes them, for whatever else needs one.
enum GenerateCommand {
    static let command = Command(
        name: "generate",
        summary: "Print new random secrets, one a line, as the template wants them.",
        options: [
            .init(
                name: "--url-safe", value: "N",
                help: "N characters of A-Z, a-z, 0-9, - and _, from 32 to 4096 (default: 43, 257 bits)."),
            .init(
                name: "--hex", value: "BYTES",
                help: "So many random bytes, from 16 to 4096, as two hexadecimal digits each."),
            .init(
                name: "--for", value: "NAME",
                help: "As the template has this variable made, such as ENCRYPTION_KEY."),
            .init(name: "--count", value: "N", help: "How many, from 1 to 10000000 (default: 1)."),
        ],
        examples: [
            .init(
                line: "careinit generate", meaning: "A password of 43 characters that no file or shell garbles."),
            .init(
                line: "careinit generate --for ENCRYPTION_KEY",
                meaning: "64 hexadecimal digits, as that variable wants them."),
            .init(line: "careinit generate --hex 32 --count 5", meaning: "Five keys of 256 bits."),
            .init(
                line: "(umask 077; careinit generate > webhook.key)",
                meaning: "Into a file of yours; careinit prints it nowhere else and keeps no copy."),
        ],
        run: { try run($0) })

    /// Many at once, since each write is a call of the kernel's.
    private static let chunk = 1 << 16

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let request = try GenerateRequest(invocation, schema: try TemplateSource.environment().schema)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(chunk + 8_200)
        for _ in 0..<request.count {
            bytes += try request.policy.secret().utf8
            bytes.append(UInt8(ascii: "\n"))
            if bytes.count >= chunk, try !flush(&bytes) { return .success }
        }
        _ = try flush(&bytes)
        return .success
    }

    /// - Returns: Whether anybody wants more: `head` does not.
    /// - Throws: exit code 73 where they could not be written, such as to a full disk.
    private static func flush(_ bytes: inout [UInt8]) throws(CommandFailure) -> Bool {
        guard !Console.write(bytes: bytes[...], to: STDOUT_FILENO) else {
            bytes.removeAll(keepingCapacity: true)
            return true
        }
        let error = SystemError.last("write", "standard output")
        if error.code == EPIPE { return false }
        throw CommandFailure(
            .cannotCreate, "Not all secrets could be written", place: error.subject, why: error.reason)
    }
}

/// What `careinit generate` is asked for.
struct GenerateRequest: Equatable {
    /// What nearly every secret of the template is.
    static let standard = GenerationPolicy.urlSafe(length: 43)
    /// `check` takes no shorter one for a secret.
    static let shortest = 32
    private static let longest = 4096
    private static let most = 10_000_000

    var policy = standard
    var count = 1

    /// - Throws: exit code 64 for two kinds at once, what is no number or out of range, and no variable that secrets are made for.
    init(_ invocation: Invocation, schema: Schema) throws(CommandFailure) {
        let kinds = ["--url-safe", "--hex", "--for"].filter(invocation.has)
        guard kinds.count < 2 else {
            throw CommandFailure(
                .usage, "\(kinds.joined(separator: " and ")) say two kinds of secret", place: "careinit generate",
                fix: "one of them")
        }
        if let count = try Self.number(invocation, "--count", 1...Self.most, why: nil) { self.count = count }
        if let name = invocation.value("--for") { policy = try Self.policy(of: name, schema) }
        let why =
            "a secret has at least \(Self.shortest) characters: a shorter one can be guessed, and careinit check refuses it"
        if let length = try Self.number(invocation, "--url-safe", Self.shortest...Self.longest, why: why) {
            policy = .urlSafe(length: length)
        }
        if let bytes = try Self.number(invocation, "--hex", Self.shortest / 2...Self.longest, why: why) {
            policy = .hex(bytes: bytes)
        }
    }

    private static func number(
        _ invocation: Invocation, _ option: String, _ range: ClosedRange<Int>, why: String?
    ) throws(CommandFailure) -> Int? {
        guard let text = invocation.value(option) else { return nil }
        guard let number = Int(text) else {
            throw CommandFailure(
                .usage, "“\(PrintableText.make(text, width: 20))” is no number", place: option,
                fix: "\(option) \(range.lowerBound)")
        }
        guard range.contains(number) else {
            throw CommandFailure(
                .usage, "\(number) is not from \(range.lowerBound) to \(range.upperBound)", place: option,
                why: number < range.lowerBound ? why : nil, fix: "\(option) \(range.lowerBound)")
        }
        return number
    }

    private static func policy(of name: String, _ schema: Schema) throws(CommandFailure) -> GenerationPolicy {
        if let policy = schema[name]?.generation { return policy }
        let known = schema.variables.filter { $0.generation != nil }.map(\.name)
        let shown = PrintableText.make(name, width: 40)
        throw CommandFailure(
            .usage, "the template has no secret made for “\(shown)”", place: "--for",
            why: schema[name] == nil
                ? "it has no such variable" : "that one comes from somebody else, or is no secret",
            fix: Suggestion.nearest(to: name, among: known) ?? known.joined(separator: ", "))
    }
}
