import EnvSchema

/// What `careinit rotate-secrets` is asked for.
struct RotationRequest: Equatable {
    enum Choice: Equatable {
        case named([String])
        case all
        /// In seconds.
        case olderThan(Int64)
    }

    enum Action: Equatable {
        case rotate(Choice)
        case due(released: Bool, early: Set<String>)
        case resume
        case rollBack
    }

    var action: Action
    var valueFile: String?
    var isExplanation: Bool
    var isDryRun: Bool
    /// Nothing is to be changed.
    var isOnlyShown: Bool { isExplanation || isDryRun }

    /// - Throws: exit code 64 where nothing, or two things, are asked for.
    init(_ invocation: Invocation) throws(CommandFailure) {
        let names = invocation.positionals
        isExplanation = invocation.has("--explain")
        isDryRun = invocation.has("--dry-run")
        valueFile = invocation.value("--value-file")
        let early = Set(invocation.values["--retire-now"] ?? [])
        var actions: [Action] = []
        if !names.isEmpty { actions.append(.rotate(.named(names))) }
        if invocation.has("--all") { actions.append(.rotate(.all)) }
        if let text = invocation.value("--older-than") { actions.append(.rotate(.olderThan(try Self.age(text)))) }
        if invocation.has("--due") || !early.isEmpty {
            actions.append(.due(released: invocation.has("--no-backups-need-it"), early: early))
        }
        if invocation.has("--resume") { actions.append(.resume) }
        if invocation.has("--rollback") { actions.append(.rollBack) }
        if actions.isEmpty, isExplanation { actions.append(.rotate(.all)) }
        guard let action = actions.first, actions.count == 1 else {
            throw Self.usage(
                actions.isEmpty ? "nothing to rotate is named" : "these options go one at a time",
                "a NAME or more, --all, --older-than 90d, --due, --resume or --rollback")
        }
        self.action = action
        if valueFile != nil {
            guard case .rotate(.named(let names)) = action, names.count == 1 else {
                throw Self.usage("--value-file holds the value of one secret", "name that one")
            }
            guard names != [RotatableSecret.serverKey] else {
                throw Self.usage(
                    "\(RotatableSecret.serverKey) goes with its certificate, and is no value",
                    "careinit certs install --from DIR puts a pair of yours to work")
            }
        }
    }

    private static func usage(_ what: String, _ fix: String) -> CommandFailure {
        CommandFailure(.usage, what, place: "careinit rotate-secrets", fix: fix)
    }

    private static func age(_ text: String) throws(CommandFailure) -> Int64 {
        guard let age = DurationSyntax.parse(text), age >= .zero else {
            throw usage("\"\(PrintableText.make(text, width: 20))\" is no time", "--older-than 90d")
        }
        return age.components.seconds
    }

    /// The value that somebody else made, by the variable.
    func given(_ names: [String]) throws(CommandFailure) -> [String: String] {
        guard let valueFile, let name = names.first else { return [:] }
        let bytes: [UInt8]
        if valueFile == "-" {
            bytes = try InputFile.readStandardInput(limit: Self.longestValue)
        } else {
            guard let file = try InputFile.read(valueFile, limit: Self.longestValue) else {
                throw CommandFailure(.missingInput, "\(valueFile) does not exist", place: "--value-file")
            }
            bytes = file.bytes
        }
        var text = String(decoding: bytes, as: UTF8.self)
        while let last = text.last, last.isNewline { text.removeLast() }
        guard !text.isEmpty, !text.contains(where: \.isNewline), Array(text.utf8).allSatisfy({ $0 >= 0x20 }) else {
            throw CommandFailure(
                .invalidData, "the new value of \(name) is no single line", place: "--value-file",
                fix: "one line with nothing but the value")
        }
        return [name: text]
    }

    private static let longestValue = 4096
}
