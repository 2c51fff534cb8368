import EnvSchema

/// `careinit seal`: keeps a `.env` as a file that only the holders of certain keys can open.
enum SealCommand {
    static let command = Command(
        name: "seal",
        summary: "Seal a .env for the holders of certain keys, as an age file that may be stored elsewhere.",
        arguments: [.init(name: "IN", help: "The file to seal (default: .env). It stays as it is.")],
        options: [
            .init(
                name: "--recipient", short: "-r", value: "R",
                help: "For whom: age1…, a line of an ssh public key, or a file of such lines.", isRepeated: true),
            .init(
                name: "--output", short: "-o", value: "OUT", help: "The sealed file, readable by its owner only."),
            .force,
        ],
        examples: [
            .init(line: "age-keygen -o key.txt", meaning: "Makes a key; its public part is printed."),
            .init(line: "careinit seal --recipient age1… --output .env.age", meaning: "Seals .env for that key."),
            .init(
                line: "careinit seal -r team.txt -r ~/.ssh/id_ed25519.pub -o backup.age .env",
                meaning: "For everybody in the file, and for the owner of the ssh key."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let file = try SealedFile(invocation, input: ".env")
        let recipients = try (invocation.values["--recipient"] ?? []).map { text throws(CommandFailure) in
            try AgeRecipient(text)
        }
        guard !recipients.isEmpty else {
            throw CommandFailure(
                .usage, "it is not said for whom", place: "--recipient",
                fix: "--recipient age1…; age-keygen -o key.txt makes a key and prints its public part")
        }
        for path in recipients.compactMap(\.path) where FileSystem.status(path) == nil {
            throw CommandFailure(
                .usage, "\(PrintableText.make(path, width: 120)) is neither a public key nor a file",
                place: "--recipient", fix: "age1…, a line of an ssh public key, or a file of such lines")
        }
        let contents = try file.read()
        guard !SealedFile.isSealed(contents) else {
            throw CommandFailure(
                .invalidData, "It is sealed already", place: file.input, fix: "careinit unseal opens it")
        }
        try file.write(try AgeProgram.sealing(contents, to: recipients).run())
        if !invocation.console.isQuiet {
            invocation.console.print("Sealed \(file.input) as \(file.output); \(file.input) stays where it is.")
        }
        return .success
    }
}
