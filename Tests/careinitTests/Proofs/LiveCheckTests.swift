import EnvSchema
import Testing

@testable import careinit

@Suite struct LiveCheckTests {
    private func invocation(_ values: [String: [String]]) -> Invocation {
        Invocation(
            command: CheckCommand.command, values: values,
            console: Console(usesColour: false, isInteractive: false, isQuiet: true))
    }

    @Test(
        arguments: [
            ["--section": ["Mail"]], ["--test-mail": ["a@b.example"]], ["--live": [""], "--section": ["Mial"]],
            ["--live": [""], "--test-mail": ["a"]],
            ["--live": [""], "--test-mail": ["a@b.c"], "--section": ["Redis"]],
        ] as [[String: [String]]])
    func `options that do not fit are refused`(values: [String: [String]]) {
        #expect { _ = try LiveCheck(invocation(values)) } throws: { ($0 as? CommandFailure)?.exitCode == .usage }
    }

    @Test func `sections are found in any case`() throws {
        let live = try LiveCheck(invocation(["--live": [""], "--section": ["web and TLS"]]))
        #expect(live?.section == "Web and TLS")
        #expect(try LiveCheck(invocation([:])) == nil)
    }

    @Test func `a failed proof is a finding where its variable stands, and nothing is clean`() throws {
        let proof = Proof(kind: .mail, title: "the mail server mail.example:587")
        let problem = ProofProblem(layer: "AUTH", reason: "no", fix: "correct it")
        let document = EnvDocument(parsing: Array("A=1\nSMTP_HOST=mail.example\n".utf8))
        var report = FindingsReport(
            path: ".env", findings: [], variableCount: 2,
            source: .init(document: document, schema: try TemplateSource.environment(file: nil).schema),
            proofs: [ProvenProof(proof: proof, result: .init(verdict: .failed(problem)))])
        #expect(!report.isClean)
        #expect(
            report.withProofFindings.github == [
                "::error file=.env,line=2,col=11,title=proof-failed::the mail server mail.example:587 failed when it was"
                    + " tried: AUTH: no. Fix: correct it"
            ])
        #expect(try report.withProofFindings.sarif().contains("proof-failed"))
        #expect(try report.json().contains("\"layer\" : \"AUTH\""))
        #expect(
            report.proofs?.lines == [
                "Mail: the mail server mail.example:587: failed at AUTH: no", "    Fix: correct it",
                "Proofs: 1 failed",
            ])
        report.proofs = [ProvenProof(proof: proof, result: .init(verdict: .skipped("why")))]
        #expect(report.isClean && report.withProofFindings.github.isEmpty)
    }
}
