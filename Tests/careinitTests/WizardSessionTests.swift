import EnvSchema
import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

/// A terminal that answers from a script and keeps what it was shown.
private final class ScriptedTerminal: WizardTerminal {
    var replies: [Reply]
    private(set) var shown: [String] = []
    let width = 80

    init(_ replies: [Reply]) { self.replies = replies }

    func show(_ text: String) { shown.append(text) }

    func read(_ prompt: Prompt) -> Reply {
        shown.append(prompt.label + (prompt.proposal ?? ""))
        return replies.isEmpty ? .endOfInput : replies.removeFirst()
    }
}

@Suite struct WizardSessionTests {
    private let folder = TemporaryFolder()

    private var project: Project {
        Project(environmentFile: "\(folder.path)/.env", stateDirectory: "\(folder.path)/.careinit")
    }

    private func run(
        _ terminal: ScriptedTerminal, profile: Profile? = .local
    ) throws -> (code: ExitCode, wantsStart: Bool) {
        let provisioner = try Provisioner(project: project, now: 1_795_439_405)
        let beginning = WizardBeginning(
            provisioner: provisioner, terminal: terminal, wording: WizardWording(width: 80, usesColour: false),
            profile: profile, options: WizardEngine.Options())
        guard case .ready(let engine, let journalist) = try beginning.begin() else { return (.interrupted, false) }
        let session = WizardSession(
            engine: engine, terminal: terminal, provisioner: provisioner,
            console: Console(usesColour: false, isInteractive: true),
            surroundings: ProofSurroundings(folder: folder.path), journalist: journalist)
        return (session.run(), session.wantsStart)
    }

    private var environment: EnvDocument { EnvDocument(parsing: FileSystem.read(project.environmentFile) ?? []) }

    @Test func `a whole run writes the file and shows no secret`() throws {
        let secret = "q7Zk1xVb93LwTfYp0sGhRm4cNd8uEaJo5iKtBv2X"
        let terminal = ScriptedTerminal([
            .line("Rosewood"), .line(":rest"), .accepted, .line("redis_password"), .line(secret),
            .line("y"),
            .line("y"),
        ])
        let result = try run(terminal)
        #expect(result.code == .success && result.wantsStart)
        let document = EnvDocument(parsing: try #require(FileSystem.read("\(folder.path)/.env")))
        #expect(document.value(of: "APP_NAME") == "Rosewood")
        #expect(document.value(of: "REDIS_PASSWORD") == secret)
        let secrets = document.assignments.filter { $0.name.hasSuffix("PASSWORD") || $0.name.hasSuffix("SECRET") }
        for secret in secrets.map(\.value) { #expect(!terminal.shown.joined().contains(secret)) }
    }

    @Test(arguments: [
        ([Reply.interrupted, .interrupted], ExitCode.interrupted), ([.endOfInput], .failure),
        ([.line(":quit")], .failure),
        ([.line(":rest"), .accepted, .interrupted, .interrupted], .interrupted),
        ([.line(":rest"), .accepted, .line("n")], .failure),
    ])
    func `leaving early writes nothing`(_ replies: [Reply], _ code: ExitCode) throws {
        let result = try run(ScriptedTerminal(replies))
        #expect(result.code == code && !result.wantsStart)
        #expect(FileSystem.names(in: folder.path) == [".careinit"])
    }

    @Test func `what cannot be written goes back to the review`() throws {
        let terminal = ScriptedTerminal([.line(":rest"), .accepted, .line("y"), .line("n")])
        let link = "\(folder.path)/certs"
        try OutputFile.write(Array("a file where a folder should be".utf8), to: link)
        #expect(try run(terminal).code == .failure)
        #expect(terminal.shown.filter { $0.hasPrefix("\nReview") }.count == 2)
    }

    @Test func `another run goes on with the answers of one that was left, secrets included`() throws {
        let secret = "q7Zk1xVb93LwTfYp0sGhRm4cNd8uEaJo5iKtBv2X"
        let first = ScriptedTerminal([
            .line("Rosewood"), .line("mail.rosewood.org.uk"), .accepted, .accepted, .line("alerts"), .line(secret),
            .interrupted, .interrupted,
        ])
        #expect(try run(first).code == .interrupted)
        #expect(first.shown.last?.contains("To go on:\n  careinit wizard") == true)
        let journal = FileSystem.readText(project.wizardJournal) ?? ""
        #expect(journal.contains("Rosewood") && !journal.contains(secret))
        #expect((FileSystem.status(project.wizardSecrets)?.st_mode ?? 0) & 0o777 == 0o600)
        let second = ScriptedTerminal([
            .accepted, .line("alerts@rosewood.org.uk"), .line("oncall@rosewood.org.uk"), .line("n"), .accepted,
            .line("y"), .line("n"),
        ])
        // The profile is known from the first run.
        #expect(try run(second, profile: nil).code == .success)
        #expect(second.shown.contains { $0.contains("with 4 answers") })
        #expect(environment.value(of: "APP_NAME") == "Rosewood" && environment.value(of: "SMTP_PASS") == secret)
        #expect(!second.shown.joined().contains(secret))
        #expect(!FileSystem.exists(project.wizardJournal) && !FileSystem.exists(project.wizardSecrets))
    }

    @Test func `the line that a run prints gives the same answers again`() throws {
        let terminal = ScriptedTerminal([.line("Rosewood"), .line(":rest"), .accepted, .line("y"), .line("n")])
        #expect(try run(terminal).code == .success)
        let line = try #require(terminal.shown.first { $0.hasPrefix("To give the same answers again:\n  ") })
        #expect(line.contains("careinit provision --profile local --answers \(project.answersFile)"))
        #expect(FileSystem.readText(project.answersFile)?.contains("APP_NAME=Rosewood") == true)
    }

    @Test func `a file whose template has changed is asked for what is new, and old names can go`() throws {
        try OutputFile.write(Array("NODE_ENV=staging\n# mine\nOWN=1\n".utf8), to: project.environmentFile)
        let terminal = ScriptedTerminal([.line("y")] + Array(repeating: .accepted, count: 4) + [.line("n")])
        _ = try run(terminal)
        #expect(terminal.shown.contains { $0.contains("retired: NODE_ENV: use APP_ENV instead") })
        #expect(environment.value(of: "NODE_ENV") == nil && environment.value(of: "APP_ENV") == "staging")
        #expect(FileSystem.readText(project.environmentFile)?.contains("# mine\nOWN=1\n") == true)
    }

    @Test func `what was accepted in spite of a proof is still known in the next run`() throws {
        let provisioner = try Provisioner(project: project, now: 1_795_439_405)
        var sheet = try provisioner.sheet(profile: .local, given: GivenAnswers())
        let journal = try WizardJournal.begin(
            project, template: provisioner.template.bytes, profile: .local, now: provisioner.now)
        let journalist = WizardJournalist(journal, sheet)
        sheet.take("Rosewood", for: "APP_NAME")
        sheet.removed = ["NODE_ENV"]
        sheet.acceptedFailures = (0..<12).map { "the server \($0): connection refused" }
        #expect(journalist.follow(WizardEngine(sheet: sheet, options: WizardEngine.Options())) == nil)
        var next = try provisioner.sheet(profile: .local, given: GivenAnswers())
        let contents = try WizardJournal.load(project, template: provisioner.template.bytes, now: provisioner.now)
        WizardJournalist.restore(try #require(contents), to: &next)
        #expect(next.acceptedFailures == sheet.acceptedFailures && next.removed == sheet.removed)
        #expect(next.typed == sheet.typed)
    }
}
