import Certs
import Testing

@testable import careinit

@Suite struct VerificationReportTests {
    private let folder = TemporaryFolder()
    private let console = Console(usesColour: false, isInteractive: false, isQuiet: true)
    private let now: Int64 = 1_800_000_000

    private func run(_ values: [String: String]) throws -> ExitCode {
        try CertsVerifyCommand.run(
            Invocation(command: CertsVerifyCommand.command, values: values.mapValues { [$0] }, console: console))
    }

    @Test func `the exit code tells whether the chain is taken`() throws {
        let authority = try CertificateAuthority.make(organization: "x", now: now)
        let leaf = try authority.issue(names: ["care.example"], now: now, days: 90)
        let (ca, chain) = ("\(folder.path)/ca.pem", "\(folder.path)/chain.pem")
        try OutputFile.write(authority.pair.certificatePEM, to: ca)
        try OutputFile.write(leaf.certificatePEM, to: chain)
        let files = ["--ca": ca, "--chain": chain, "--at": "2027-01-20T00:00:00Z"]
        #expect(try run(files) == .success)
        #expect(try run(files.merging(["--host": "care.example"]) { $1 }) == .success)
        #expect(try run(files.merging(["--host": "other.example"]) { $1 }) == .failure)
        #expect(try run(files.merging(["--at": "2028-01-20T00:00:00Z"]) { $1 }) == .failure)
        #expect(throws: CommandFailure.self) { try run(["--ca": ca]) }
        #expect(throws: CommandFailure.self) { try run(["--ca": ca, "--chain": "\(folder.path)/none"]) }
    }

    @Test func `the document names every reason and its certificate`() throws {
        let authority = try CertificateAuthority.make(organization: "x", now: now)
        let leaf = try authority.issue(names: ["care.example"], now: now, days: 90)
        let verdict = ChainVerification(
            authorities: authority.pair.certificatePEM, chain: leaf.certificatePEM, host: "b.example",
            time: now + 4000 * 86_400
        ).verdict()
        let report = VerificationReport(verdict, chain: "chain.pem")
        let json = try report.json()
        for part in [
            "\"accepted\" : false", "\"command\" : \"certs verify\"", "\"schema\" : 1", "\"code\" : \"expired\"",
            "\"code\" : \"name-mismatch\"", "\"certificate\" : 0",
            "\"certificate\" : \"CN=careinit local authority,O=x\"",
        ] { #expect(json.contains(part), "\(part) in \(json)") }
        #expect(report.text.last == "chain.pem: rejected")
    }
}
