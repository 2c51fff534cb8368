import EnvSchema
import Transport

/// Proofs at the end of a section: none of them ever costs an answer.
extension WizardEngine {
    mutating func takeProofOffer(_ text: String?, section: String, next: Int) -> [WizardAction] {
        testMail = nil
        if section == Proof.Kind.mail.section, let address = text?.trimmed, SMTPMessage.isAddress(address) {
            testMail = address
            return prove(section, next: next)
        }
        switch YesOrNo(text) {
        case .yes: return prove(section, next: next)
        case .no: return advance(from: next)
        case .quit: return leave(.quit)
        case .neither: return [.show(.answerYesOrNo)] + ask(.proof(section, next: next))
        }
    }

    mutating func prove(_ section: String, next: Int) -> [WizardAction] {
        phase = .proving(section, next: next)
        return [.prove(section: section)]
    }

    /// Asks about each that failed, or goes on.
    mutating func takeProof(_ outcomes: [ProofOutcome]) -> [WizardAction] {
        guard case .proving(let section, let next) = phase else { return [] }
        return askAbout(outcomes.filter(\.isFailure), section: section, next: next)
    }

    private mutating func askAbout(_ failures: [ProofOutcome], section: String, next: Int) -> [WizardAction] {
        let open = failures.filter { !sheet.acceptedFailures.contains($0.warning) }
        return open.isEmpty ? advance(from: next) : ask(.failed(open, section: section, next: next))
    }

    /// 1 again, 2 the values that work or another answer, 3 go on; a name asks for that variable.
    mutating func takeFailure(
        _ text: String?, _ failures: [ProofOutcome], section: String, next: Int
    ) -> [WizardAction] {
        guard let outcome = failures.first else { return advance(from: next) }
        let phase = phase
        let word = text?.trimmed ?? ""
        switch word.lowercased() {
        case "", "3": return accept(failures, section: section, next: next)
        case "1": return prove(section, next: next)
        case "2" where !outcome.suggestion.isEmpty:
            for (name, value) in outcome.suggestion { sheet.take(value, for: name) }
            return prove(section, next: next)
        case ":quit", ":q": return leave(.quit)
        default: break
        }
        let name = word == "2" ? outcome.variables.first : variables.first { $0.name == word.uppercased() }?.name
        guard let name else { return [.show(.chooseNumber(3))] + ask(phase) }
        return descend(into: .single(name), thenTo: phase)
    }

    /// Notes the first failure and asks about the others.
    private mutating func accept(_ failures: [ProofOutcome], section: String, next: Int) -> [WizardAction] {
        let warning = failures[0].warning
        sheet.acceptedFailures.append(warning)
        return [.show(.warningRecorded(warning))]
            + askAbout(Array(failures.dropFirst()), section: section, next: next)
    }
}

extension ProofOutcome {
    var warning: String { "\(title): \(reason)" }
}
