import EnvSchema
import Testing

@testable import careinit

@Suite struct ProofPlannerTests {
    private func proofs(_ values: [String: String], section: String? = nil) -> [Proof] {
        ProofPlanner(settings: ProofSettings { values[$0] }, surroundings: .init(folder: "/srv")).proofs(
            section: section)
    }

    @Test func `each section of the template has its proofs`() throws {
        let schema = try TemplateSource.environment(file: nil).schema
        let titles = schema.sections.map(\.title)
        #expect(Proof.Kind.sections.allSatisfy(titles.contains))
        for kind in Proof.Kind.allCases {
            for name in kind.variables { #expect(schema[name] != nil, "\(name)") }
            #expect(kind.variables.first.flatMap { schema[$0]?.section } == kind.section || kind == .https)
        }
        #expect(proofs([:], section: "Mail").map(\.kind) == [.mail])
        #expect(proofs([:]).map(\.kind) == Proof.Kind.allCases)
    }

    @Test(
        arguments: [
            (Proof.Kind.host, [:], "APP_URL names no host"),
            (.host, ["APP_URL": "https://localhost:8443"], "localhost is this"),
            (.host, ["APP_URL": "https://127.0.0.7"], "this machine itself"),
            (.https, [:], "APP_URL names no host"),
            (.mail, ["SMTP_PORT": "587"], "SMTP_HOST is empty"),
            (.mail, ["SMTP_HOST": "a"], "SMTP_PORT is no port"),
            (.database, [:], "does not run"), (.redis, [:], "does not run"),
            (.certificate, [:], "TLS_MODE is empty"),
        ] as [(Proof.Kind, [String: String], String)])
    func `what cannot be tried says why, and is not green`(kind: Proof.Kind, values: [String: String], why: String)
        throws
    {
        let proof = try #require(proofs(values).first { $0.kind == kind })
        #expect(proof.obstacle?.contains(why) == true, "\(proof)")
        let runner = ProofRunner(settings: ProofSettings { values[$0] }, surroundings: .init(folder: "/srv"))
        #expect(runner.run(proof) == ProofResult(verdict: .skipped(proof.obstacle ?? "")))
    }

    @Test func `a wrong value is not tried, two that contradict each other are`() throws {
        let values = ["SMTP_HOST": "mail.example", "SMTP_PORT": "587"]
        let proof = try #require(proofs(values, section: "Mail").first)
        #expect(proof.obstacle == nil)
        let blocked = proof.blocked(by: [Finding(.invalidValue, variable: "SMTP_FROM")])
        #expect(blocked.obstacle == "SMTP_FROM is not in order, see above")
        #expect(proof.blocked(by: [Finding(.contradiction, variable: "SMTP_SECURE")]).obstacle == nil)
        #expect(proof.blocked(by: [Finding(.invalidValue, variable: "PORT")]).obstacle == nil)
    }
}
