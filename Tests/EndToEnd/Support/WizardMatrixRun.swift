#if canImport(Glibc)
    import Glibc
#endif

/// One cell of the matrix: a folder, a terminal, and a wizard that stands at the question.
struct WizardMatrixRun {
    /// In the `.env` from the beginning, and typed where a secret is asked for.
    static let canary = "cAnary-9fKq2Zt7Lw4Xb8Vn3Rm6Hs1Dj5Py0Gc"

    let cell: WizardMatrix.Cell
    let folder: ScratchFolder
    let terminal: PseudoTerminal
    /// The `.env` before the wizard began.
    let before: [UInt8]

    init(_ cell: WizardMatrix.Cell) throws {
        self.cell = cell
        folder = try ScratchFolder()
        terminal = try PseudoTerminal(columns: cell.event == .narrow ? 40 : 100)
        before = try Self.prepare(folder, cell.kind)
    }

    private static func prepare(_ folder: ScratchFolder, _ kind: WizardMatrix.Kind) throws -> [UInt8] {
        guard kind.hasEnvironment else { return [] }
        try folder.write(canary + "\n", to: "secret")
        let outcome = try careinit(
            "provision", "--profile", "local", "--no-input", "--set", "REDIS_PASSWORD=@secret", in: folder.path)
        guard outcome.code == 0 else { throw HarnessError("provision: \(outcome)") }
        Files.remove(folder["secret"])
        if kind == .retired {
            // A template that is not known is an old one: what the present one has retired is asked about.
            Files.remove(folder[".careinit/wizard/template"])
            try folder.write(Files.text(folder[".env"]) + "NODE_ENV=production\n", to: ".env")
        }
        return Files.read(folder[".env"])
    }

    var environment: [String: String] {
        var environment = ["HOME": folder.path]
        if cell.event == .localeC { environment["LANG"] = "C" }
        if cell.event == .unknownTerminal { environment["TERM"] = "no-such-terminal" }
        return environment
    }

    func begin(on terminal: PseudoTerminal? = nil) throws -> WizardRun {
        let terminal = terminal ?? self.terminal
        let process = try terminal.start(
            [Programs.careinit, "wizard"] + cell.kind.arguments, folder: folder.path, environment: environment)
        return WizardRun(terminal: terminal, process: process, isPlain: cell.event == .unknownTerminal)
    }

    /// A wizard that waits for the answer to the question of this cell.
    func reach() throws -> WizardRun {
        if cell.kind == .resume { try leaveEarlier() }
        let wizard = try begin()
        for _ in 0..<WizardRun.limit {
            let question = try wizard.nextQuestion()
            if question.hasPrefix(cell.kind.question) {
                if cell.kind == .secret { terminal.send("half-" + Self.canary) }
                return wizard
            }
            if cell.kind == .menu {
                terminal.send("\u{3}")
            } else {
                wizard.reply(to: question, cell.kind.answers)
            }
        }
        throw HarnessError("\(cell.kind.question) was never asked")
    }

    private func leaveEarlier() throws {
        let terminal = try PseudoTerminal()
        let wizard = try begin(on: terminal)
        try wizard.reach("APP_NAME")
        terminal.send((wizard.isPlain ? "" : WizardRun.emptied) + "Rosewood\r")
        try wizard.nextQuestion()
        wizard.process.send(SIGKILL)
        _ = try wizard.process.outcome()
    }

    // MARK: What must be true afterwards

    /// Whether the `.env` is the one that was there, byte for byte.
    var isUntouched: Bool { Files.read(folder[".env"]) == before && (cell.kind.hasEnvironment || !hasFile) }
    private var hasFile: Bool { Files.exists(folder[".env"]) }

    /// Whether careinit finds nothing wrong with the `.env`.
    func isComplete() throws -> Bool { try careinit("check", in: folder.path).code == 0 }

    /// Files that hold the canary, but may not: only the `.env`, its backups and the store of secrets may, for their owner.
    var leaks: [String] {
        Files.all(below: folder.path).filter { path in
            guard Files.text(path).contains("cAnary") else { return false }
            let name = path.dropFirst(folder.path.count + 1)
            let isAllowed =
                name.hasPrefix(".env") || name == ".careinit/wizard/secrets" || name.contains("backups/")
            return !isAllowed || Files.mode(path) != 0o600
        }
    }

    /// Processes that show the canary to everybody.
    static var talkers: [ProcessEntry] {
        ProcessEntry.all().filter { ($0.commandLine + $0.environment).contains("cAnary") }
    }

    /// Whether the terminal is as it was, and no longer marks what is pasted.
    func isRestored(_ terminal: PseudoTerminal) -> Bool {
        let screen = terminal.screen()
        let on = screen.ranges(of: "\u{1B}[?2004h").last?.lowerBound
        let off = screen.ranges(of: "\u{1B}[?2004l").last?.lowerBound
        let marks = on.map { on in off.map { $0 > on } ?? false } ?? true
        return terminal.settings == terminal.original && marks
    }
}

extension WizardRun {
    /// More questions than any run here has: where a wrong answer is asked for again, Enter would be pressed forever.
    static let limit = 60

    /// Answers as told; Enter to everything else, except that the stack is not started.
    func reply(to question: String, _ answers: [String: String] = [:]) {
        let name = String(question.prefix { $0 != ":" && $0 != " " })
        if question.hasPrefix("Start the stack now?") {
            terminal.send("n\r")
        } else if let answer = answers[name] {
            terminal.send((isPlain ? "" : Self.emptied) + answer + "\r")
        } else {
            terminal.send("\r")
        }
    }

    /// Answers every question up to the end.
    func complete(_ answers: [String: String] = [:]) throws -> Outcome {
        for _ in 0..<Self.limit {
            let question = try nextQuestion()
            reply(to: question, answers)
            if question.hasPrefix("Start the stack now?") { return try process.outcome() }
        }
        throw HarnessError("the questions do not end: \(terminal.screen().suffix(1_000))")
    }

    /// How often keys were asked for so far.
    var marks: Int { terminal.transcript.ranges(of: Array("\u{1B}[?2004h".utf8)).count }
}
