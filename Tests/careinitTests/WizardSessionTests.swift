import EnvSchema
import Testing

@testable import careinit

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

    private func run(_ terminal: ScriptedTerminal) throws -> (code: ExitCode, wantsStart: Bool) {
        let project = Project(
            environmentFile: "\(folder.path)/.env", stateDirectory: "\(folder.path)/.careinit")
        let provisioner = try Provisioner(project: project, now: 1_795_439_405)
        let sheet = try provisioner.sheet(profile: .local, given: GivenAnswers())
        let engine = WizardEngine(sheet: sheet, options: WizardEngine.Options())
        let session = WizardSession(
            engine: engine, terminal: terminal, provisioner: provisioner,
            console: Console(usesColour: false, isInteractive: true),
            surroundings: ProofSurroundings(folder: folder.path))
        return (session.run(), session.wantsStart)
    }

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
        #expect(FileSystem.names(in: folder.path).isEmpty)
    }

    @Test func `what cannot be written goes back to the review`() throws {
        let terminal = ScriptedTerminal([.line(":rest"), .accepted, .line("y"), .line("n")])
        let link = "\(folder.path)/certs"
        try OutputFile.write(Array("a file where a folder should be".utf8), to: link)
        #expect(try run(terminal).code == .failure)
        #expect(terminal.shown.filter { $0.hasPrefix("\nReview") }.count == 2)
    }
}
