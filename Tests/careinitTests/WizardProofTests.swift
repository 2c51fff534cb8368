import Testing

@testable import careinit

/// Proofs in the wizard's engine: offered at the end of a section, and never at the cost of an answer.
@Suite struct WizardProofTests {
    private static let refused = ProofOutcome(
        title: "the mail server mail.rosewood.org.uk:587", isFailure: true, reason: "connection refused",
        variables: ["SMTP_PORT", "SMTP_HOST"])
    private static let passed = ProofOutcome(
        title: "the name", isFailure: false, reason: "", variables: ["APP_URL"])

    /// At the question whether to try the mail server, with the section's answers given.
    private func offered() throws -> WizardKit {
        var run = WizardKit(try WizardKit.sheet(), section: "Mail", proofs: ["Mail"])
        let answers = [
            "SMTP_HOST": "mail.rosewood.org.uk", "SMTP_FROM": "alerts@rosewood.org.uk",
        ]
        while run.asked != "proof Mail", run.names.count < 20 { run.answer(answers[run.asked] ?? "") }
        return run
    }

    @Test func `a proof that passes leads on, and one that is declined too`() throws {
        var run = try offered()
        run.answer("")
        #expect(run.asked == "proving")
        run.handle(.proved([Self.passed]))
        #expect(run.asked == "review")
        var other = try offered()
        #expect(other.walk("n") == ["review"])
    }

    @Test func `after a failure one can try again, change an answer, or go on with a warning`() throws {
        var run = try offered()
        run.answer("")
        run.handle(.proved([Self.passed, Self.refused]))
        #expect(run.asked == "failed")
        #expect(run.walk("1") == ["proving"])
        run.handle(.proved([Self.refused]))
        #expect(run.walk("2") == ["SMTP_PORT"])
        // The other answer is tried at once.
        #expect(run.walk("588") == ["proving"])
        run.handle(.proved([Self.refused]))
        #expect(run.walk("smtp_host", "mx.rosewood.org.uk") == ["SMTP_HOST", "proving"])
        run.handle(.proved([Self.refused]))
        #expect(run.walk("") == ["review"])
        #expect(
            run.engine.sheet.acceptedFailures == ["the mail server mail.rosewood.org.uk:587: connection refused"])
        #expect(run.engine.sheet.value(of: "SMTP_PORT") == "588")
        #expect(run.engine.sheet.value(of: "SMTP_HOST") == "mx.rosewood.org.uk")
    }

    @Test func `values that work are taken, and tried`() throws {
        var works = Self.refused
        works.suggestion = ["SMTP_PORT": "465", "SMTP_SECURE": "true"]
        var run = try offered()
        run.answer("")
        run.handle(.proved([works]))
        #expect(run.walk("2") == ["proving"])
        #expect(run.engine.sheet.value(of: "SMTP_PORT") == "465")
        run.handle(.proved([Self.passed]))
        #expect(run.asked == "review")
    }

    @Test func `each of several failures is asked about`() throws {
        var other = Self.refused
        other.title = "the certificate"
        var run = try offered()
        run.answer("")
        run.handle(.proved([Self.refused, other]))
        #expect(run.walk("3", "3") == ["failed", "review"])
        #expect(run.engine.sheet.acceptedFailures.count == 2)
    }

    @Test func `an accepted failure is not asked about again`() throws {
        var run = try offered()
        run.answer("")
        run.handle(.proved([Self.refused]))
        #expect(run.walk("", ":sections", "mail", ":next") == ["review", "sections", "SMTP_HOST", "sections"])
    }
}
