import EnvSchema

/// The proofs that the wizard offers with the answers as they stand.
struct WizardProofs {
    var sheet: AnswerSheet
    var surroundings: ProofSurroundings
    /// Where the mail server's proof sends a mail to; nil: nowhere.
    var testMail: String?

    private var settings: ProofSettings { ProofSettings(sheet) }

    /// Those that can be tried; what careinit itself is still to make is none of them.
    func worthTrying(in section: String) -> [Proof] {
        ProofPlanner(settings: settings, surroundings: surroundings).proofs(section: section)
            .map { $0.blocked(by: sheet.answerFindings()) }
            .filter { $0.obstacle == nil && !isYetToBeMade($0) }
    }

    /// Blocks for a few layers' timeouts; Ctrl-C ends it after the present layer.
    func run(_ proof: Proof, progress: @escaping (String) -> Void) -> ProofResult {
        ProofRunner(settings: settings, surroundings: surroundings, testMail: testMail).run(
            proof, isCancelled: { TerminalGuard.takeInterrupt() }, progress: { progress($0.words) })
    }

    private func isYetToBeMade(_ proof: Proof) -> Bool {
        switch proof.kind {
        case .grafanaPassword: sheet.answer(for: sheet.schema["GRAFANA_ADMIN_PASSWORD"])?.source == .generated
        case .grafanaLogin: surroundings.service("grafana") == nil
        case .certificate: sheet.value(of: "TLS_MODE") == "self-signed"
        case .https: surroundings.service("nginx") == nil
        default: false
        }
    }
}

extension ProofOutcome {
    init(_ proof: Proof, _ result: ProofResult) {
        title = proof.title
        isFailure = result.isFailed
        reason = result.isFailed ? result.problem.map { "\($0.layer): \($0.reason)" } ?? "" : ""
        fix = result.isFailed ? result.problem?.fix ?? "" : ""
        variables = proof.variables
        for setting in result.problem?.suggestion ?? [] { suggestion[setting.variable] = setting.value }
    }
}
