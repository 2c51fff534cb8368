import Testing

@testable import careinit

@Suite struct CertsIssueCommandTests {
    private func options(_ words: [String]) throws -> IssueOptions {
        let request = try CommandLineParser(commands: CommandTable.all).parse(["certs", "issue"] + words)
        return try CertsIssueCommand.options(
            Invocation(
                command: CertsIssueCommand.command, values: request.values,
                console: Console(usesColour: false, isInteractive: false)))
    }

    @Test func `nothing named means Let's Encrypt, and the address of the .env`() throws {
        #expect(try options([]) == IssueOptions())
    }

    @Test func `each option is read`() throws {
        let all = [
            "--standalone", "--server", "https://ca.internal/dir", "--email", "it@care.org", "--force-renewal",
            "--rehearse",
        ]
        let expected = IssueOptions(
            authority: .server("https://ca.internal/dir"), contact: "it@care.org", isStandalone: true,
            isForced: true,
            isRehearsal: true)
        #expect(try options(all) == expected)
        #expect(try options(["--staging"]).authority == .staging)
    }

    @Test(arguments: [
        ["--staging", "--server", "https://ca/dir"], ["--server", "http://ca/dir"], ["--server", "https://"],
        ["--server", "https://ca /dir"], ["--email", "nobody"], ["--email", ""],
    ])
    func `what contradicts itself or is no address is refused`(words: [String]) {
        let failure = #expect(throws: CommandFailure.self) { try options(words) }
        #expect(failure?.exitCode == .usage)
    }
}
