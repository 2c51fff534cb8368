/// The age program (Debian's package age): it encrypts files to public keys, and opens them with the private ones.
///
/// What is secret goes through its standard streams only. Where a key has a passphrase, age asks for it on the terminal itself.
struct AgeProgram: Sendable, Equatable {
    /// age's own options.
    var arguments: [String]
    var input: [UInt8]

    /// Bytes of a file, sealed or not: a `.env` has some kilobytes.
    static let sizeLimit = 1 << 20
    /// A person may have to look for a passphrase.
    private static let patience = Duration.seconds(600)

    static func sealing(_ contents: [UInt8], to recipients: [AgeRecipient]) -> AgeProgram {
        AgeProgram(arguments: ["--encrypt"] + recipients.flatMap(\.arguments), input: contents)
    }

    static func opening(_ sealed: [UInt8], with identities: [String]) -> AgeProgram {
        AgeProgram(arguments: ["--decrypt"] + identities.flatMap { ["--identity", $0] }, input: sealed)
    }

    /// - Returns: What age wrote, all of it.
    /// - Throws: where age is missing, or did not end well: then nothing that it wrote counts.
    func run() throws(CommandFailure) -> [UInt8] {
        var program = Subprocess(arguments: ["age"] + arguments)
        program.input = input
        program.outputLimit = Self.sizeLimit + 4096
        program.timeout = Self.patience
        program.sharesTerminal = true
        let output: Subprocess.Output
        do throws(Subprocess.Failure) { output = try program.run() } catch {
            throw CommandFailure(
                .unavailable, "age cannot be run", why: "it is not installed, or not where programs are",
                fix: "apt-get install age")
        }
        guard output.succeeded else { throw AgeProblem(output).failure }
        return output.standardOutput
    }
}

/// Whom a file is sealed for.
enum AgeRecipient: Sendable, Equatable {
    /// `age1…`, or the line of an ssh public key.
    case key(String)
    /// A file with one of them in each line.
    case file(String)

    /// - Throws: exit code 64 for a private key, which has no place on a command line.
    init(_ text: String) throws(CommandFailure) {
        try AgeSecret.refuse(text, option: "--recipient")
        let isKey = text.hasPrefix("age1") || text.hasPrefix("ssh-ed25519 ") || text.hasPrefix("ssh-rsa ")
        self = isKey ? .key(text) : .file(text)
    }

    var arguments: [String] {
        switch self {
        case .key(let text): ["--recipient", text]
        case .file(let path): ["--recipients-file", path]
        }
    }

    /// The file, where it is one.
    var path: String? { if case .file(let path) = self { path } else { nil } }
}

/// Private keys are files: on a command line, every user of the machine could read them.
enum AgeSecret {
    static func refuse(_ text: String, option: String) throws(CommandFailure) {
        guard text.uppercased().hasPrefix("AGE-SECRET-KEY-") || text.contains("PRIVATE KEY") else { return }
        throw CommandFailure(
            .usage, "a private key stands on the command line, where others can read it", place: option,
            why: "the list of processes and the shell's history hold it now",
            fix: "make a new key (age-keygen -o key.txt), and name the file")
    }
}
