import Secrets

/// `careinit audit verify`: whether careinit's own audit log is as it was written.
enum AuditVerifyCommand {
    static let command = Command(
        name: "audit verify",
        summary: "Check that careinit's audit log is whole: no line changed, taken out or cut off.",
        options: [
            .init(
                name: "--head", value: "HEAD",
                help: "A head that was noted elsewhere (ID:SEQUENCE:HASH): the log must go on from it.",
                isRepeated: true),
            .json, .environmentFile,
        ],
        examples: [
            .init(line: "careinit audit verify", meaning: "Exit code 0 where every line holds, else 1."),
            .init(
                line: "careinit audit verify --json | jq -r .head",
                meaning: "The head, to be kept where nobody of this machine can change it."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let console = invocation.console
        let place = try AuditFiles.place(invocation)
        let heads = try (invocation.values["--head"] ?? []).map(head)
        let report = AuditReport(try AuditFiles.verify(place, recorded: heads), of: place)
        if invocation.has("--json") {
            console.print(try JSONText.encode(report))
        } else if !console.isQuiet {
            report.text.forEach(console.print)
        }
        guard let failure = report.failure else { return .success }
        console.report(failure)
        return failure.exitCode
    }

    private static func head(_ text: String) throws(CommandFailure) -> HashChain {
        let words = text.split(separator: ":", omittingEmptySubsequences: false)
        guard words.count == 3, let sequence = Int64(words[1]), sequence > 0,
            let head = HashChain(id: String(words[0]), sequence: sequence, hash: String(words[2]))
        else {
            throw CommandFailure(
                .usage, "That is no head of an audit log", place: "--head",
                fix: "careinit audit verify prints one: ID:SEQUENCE:HASH")
        }
        return head
    }
}

/// Where the commands find the log.
enum AuditFiles {
    /// - Throws: exit code 66 where there is no log, 77 where it is another user's.
    static func place(_ invocation: Invocation) throws(CommandFailure) -> ChainFolder {
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        try StateDirectory.requireOwn(project)
        let place = AuditLog(project).place
        guard !place.segments().isEmpty || place.record() != nil else {
            throw CommandFailure(
                .missingInput, "There is no audit log yet", place: place.current,
                fix: "careinit writes it at its first change of a setting or a secret")
        }
        return place
    }

    static func verify(
        _ place: ChainFolder, recorded: [HashChain] = [], each: (ChainLine) -> Void = { _ in }
    ) throws(CommandFailure) -> ChainVerification {
        do throws(FileError) {
            return try ChainVerification(of: place, recorded: recorded, each: each)
        } catch {
            let isRight = error.errno == 13 || error.errno == 1
            throw CommandFailure(
                isRight ? .notPermitted : .missingInput, "\(error.path) cannot be read", why: error.reason)
        }
    }
}
