import EnvSchema

/// Carries out what the engine wants done, on a terminal and on the files.
final class WizardSession {
    private var engine: WizardEngine
    private let terminal: any WizardTerminal
    private let provisioner: Provisioner
    private let console: Console
    /// Set once `.env` and certificate are written.
    private(set) var wantsStart = false
    private var pending: [WizardAction] = []
    private let surroundings: ProofSurroundings
    private let journalist: WizardJournalist

    init(
        engine: WizardEngine, terminal: any WizardTerminal, provisioner: Provisioner, console: Console,
        surroundings: ProofSurroundings, journalist: WizardJournalist
    ) {
        self.surroundings = surroundings
        self.journalist = journalist
        self.engine = engine
        self.terminal = terminal
        self.provisioner = provisioner
        self.console = console
    }

    /// Runs to the end.
    func run() -> ExitCode {
        handle(.begin)
        while !pending.isEmpty {
            if let code = perform(pending.removeFirst()) { return code }
        }
        return .failure
    }

    /// What the event changed is journalled before anything of it is carried out.
    private func handle(_ event: WizardEvent) {
        pending += engine.handle(event)
        if engine.phase == .ended, !engine.hasSomethingToKeep { journalist.finish() }
        guard let failure = journalist.follow(engine) else { return }
        console.report(failure)
        terminal.show("The answers are not kept for another run.")
    }

    /// For the terminal as wide as it is now.
    private var wording: WizardWording {
        WizardWording(
            width: terminal.width, usesColour: console.usesColour,
            environmentFile: provisioner.project.environmentFile)
    }

    private func perform(_ action: WizardAction) -> ExitCode? {
        let wording = wording
        switch action {
        case .show(let notice): terminal.show(wording.text(of: notice))
        case .ask(let question):
            if let lead = wording.lead(for: question) { terminal.show(lead) }
            let prompt = wording.prompt(for: question).completed(
                for: question, schema: engine.sheet.schema, folder: provisioner.project.directory)
            handle(.reply(terminal.read(prompt)))
        case .prove(let section): handle(.proved(prove(section)))
        case .write: handle(write())
        case .start:
            wantsStart = true
            return .success
        case .end(.finished): return .success
        case .end(.quit): return .failure
        case .end(.interrupted): return .interrupted
        }
        return nil
    }

    /// Shows each layer as it is passed; Ctrl-C ends what is tried.
    private func prove(_ section: String) -> [ProofOutcome] {
        let proofs = WizardProofs(sheet: engine.sheet, surroundings: surroundings, testMail: engine.testMail)
        return proofs.worthTrying(in: section).map { proof in
            let wording = wording
            terminal.show("\n" + wording.heading(of: proof))
            let result = proofs.run(proof) { [terminal] in terminal.show(wording.item($0)) }
            if let end = wording.end(of: result) { terminal.show(end) }
            return ProofOutcome(proof, result)
        }
    }

    private func write() -> WizardEvent {
        do {
            let present = try InputFile.read(provisioner.project.environmentFile)?.bytes
            if present != engine.sheet.inputs.existing?.bytes {
                return .changedMeanwhile(present)
            }
            let plan = try provisioner.plan(engine.sheet)
            try provisioner.carryOut(plan, for: engine.sheet)
            let path = provisioner.project.environmentFile
            for line in ProvisionWording.environment(plan, of: engine.sheet, path: path, isDryRun: false)
                + ProvisionWording.certificate(plan.certificate, isDryRun: false)
            {
                terminal.show(wording.wrap(line))
            }
            try keepForReplay()
            if case .unusable(_, let problems) = plan.certificate {
                terminal.show("The certificate is not usable yet:")
                for problem in problems { terminal.show(wording.item(problem)) }
                return .written(canStart: false)
            }
            return .written(canStart: true)
        } catch {
            console.report(error)
            return .writeFailed
        }
    }

    /// Writes the answers without secrets, tells how to give them again, and forgets the journal.
    private func keepForReplay() throws(CommandFailure) {
        let project = provisioner.project
        let line = try AnswersFile(engine.sheet).write(
            to: project.answersFile, environmentFile: project.environmentFile)
        // A line of its own, which the terminal breaks where it must: so it can be copied.
        terminal.show("To give the same answers again:\n  \(line.text)")
        journalist.finish()
    }
}
