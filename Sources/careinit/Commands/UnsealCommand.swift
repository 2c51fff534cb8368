import EnvSchema

/// `careinit unseal`: opens what `careinit seal` has sealed.
enum UnsealCommand {
    static let command = Command(
        name: "unseal", summary: "Open a sealed .env with the key that it was sealed for.",
        arguments: [.init(name: "IN", help: "The sealed file (default: .env.age).")],
        options: [
            .init(
                name: "--identity", short: "-i", value: "K",
                help: "The file of a private key, of age or ssh. Where it has a passphrase, age asks for that.",
                isRepeated: true),
            .init(
                name: "--output", short: "-o", value: "OUT", help: "The file to write, readable by its owner only."
            ),
            .force,
        ],
        examples: [
            .init(line: "careinit unseal --identity key.txt --output .env", meaning: "Opens .env.age."),
            .init(
                line: "careinit unseal -i ~/.ssh/id_ed25519 -o .env --force backup.age",
                meaning: "Opens another file with an ssh key, in place of the present .env."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let file = try SealedFile(invocation, input: ".env.age")
        let identities = invocation.values["--identity"] ?? []
        guard !identities.isEmpty else {
            throw CommandFailure(
                .usage, "it is not said with which key", place: "--identity", fix: "--identity key.txt")
        }
        for identity in identities {
            try AgeSecret.refuse(identity, option: "--identity")
            guard identity != "-", FileSystem.status(identity) != nil else {
                throw CommandFailure(
                    .missingInput, "there is no such key", place: PrintableText.make(identity, width: 120),
                    fix: "name the file that age-keygen wrote, or an ssh private key")
            }
        }
        let sealed = try file.read()
        guard SealedFile.isSealed(sealed) else {
            var failure = AgeProblem.notSealed.failure
            failure.place = file.input
            throw failure
        }
        do throws(CommandFailure) {
            try file.write(try AgeProgram.opening(sealed, with: identities).run())
        } catch {
            var failure = error
            failure.place = failure.place ?? file.input
            throw failure
        }
        if !invocation.console.isQuiet { invocation.console.print("Opened \(file.input) as \(file.output).") }
        return .success
    }
}
