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

    init(engine: WizardEngine, terminal: any WizardTerminal, provisioner: Provisioner, console: Console) {
        self.engine = engine
        self.terminal = terminal
        self.provisioner = provisioner
        self.console = console
    }

    /// Runs to the end.
    func run() -> ExitCode {
        pending = engine.handle(.begin)
        while !pending.isEmpty {
            if let code = perform(pending.removeFirst()) { return code }
        }
        return .failure
    }

    private func perform(_ action: WizardAction) -> ExitCode? {
        let wording = WizardWording(
            width: terminal.width, usesColour: console.usesColour,
            environmentFile: provisioner.project.environmentFile)
        switch action {
        case .show(let notice): terminal.show(wording.text(of: notice))
        case .ask(let question):
            let prompt = wording.prompt(for: question).completed(
                for: question, schema: engine.sheet.schema, folder: provisioner.project.directory)
            pending += engine.handle(.reply(terminal.read(prompt)))
        case .write: pending += engine.handle(write())
        case .start:
            wantsStart = true
            return .success
        case .end(.finished): return .success
        case .end(.quit): return .failure
        case .end(.interrupted): return .interrupted
        }
        return nil
    }

    private func write() -> WizardEvent {
        do {
            let plan = try provisioner.plan(engine.sheet)
            try provisioner.carryOut(plan, for: engine.sheet)
            let path = provisioner.project.environmentFile
            for line in ProvisionWording.environment(plan, of: engine.sheet, path: path, isDryRun: false)
                + ProvisionWording.certificate(plan.certificate, isDryRun: false)
            {
                terminal.show(line)
            }
            if case .unusable(_, let problems) = plan.certificate {
                terminal.show("The certificate is not usable yet:")
                for problem in problems { terminal.show("  \(problem)") }
                return .written(canStart: false)
            }
            return .written(canStart: true)
        } catch {
            console.report(error)
            return .writeFailed
        }
    }
}
