import Testing

@testable import carenotes

struct ServeArgumentsTests {
    @Test func `it reads what supervisord gives it`() throws {
        let request = try ServeArguments.parse(
            [
                "serve", "--env-file", "/x/carenotes.env", "--instance=3", "--keys-file", "/x/keys.env", "--spool",
                "/s",
            ])
        #expect(
            request
                == .serve(
                    ServeArguments(
                        environmentFile: "/x/carenotes.env", instance: 3, keysFile: "/x/keys.env", spool: "/s")))
    }

    @Test func `each replica listens where it is said to be`() throws {
        let request = try ServeArguments.parse(
            [
                "serve", "--env-file", "x", "--spool", "s", "--instance", "2", "--addresses",
                "10.1.2.3,10.1.2.4,10.1.2.5",
            ])
        guard case .serve(let arguments) = request else { throw ServeFailure.usage("not serve") }
        #expect(arguments.address == "10.1.2.4")
    }

    @Test func `jws-check has one file, or its help`() throws {
        #expect(try ServeArguments.parse(["jws-check", "a.jsonl"]) == .check("a.jsonl"))
        #expect(try ServeArguments.parse(["jws-check", "--help"]) == .checkHelp)
    }

    @Test(arguments: [
        ["jws-check"], ["jws-check", "a", "b"], ["jws-check", "--all"], ["jws-check", ""],
        [], ["start"], ["serve"], ["serve", "--env-file"], ["serve", "--env-file="],
        ["serve", "--env-file", "a"], ["serve", "--env-file", "a", "--spool="],
        ["serve", "--env-file", "a", "--env-file", "b"],
        ["serve", "--env-file", "a", "--spool", "s", "--port", "1"],
        ["serve", "--env-file", "a", "--spool", "s", "--instance", "0"],
        ["serve", "--env-file", "a", "--spool", "s", "--instance", "4"],
        ["serve", "--env-file", "a", "--spool", "s", "--instance", "x"],
        ["serve", "--env-file", "a", "--spool", "s", "--generation", "1"],
        ["serve", "--env-file", "a", "--spool", "s", "--keys-file"],
        ["serve", "--env-file", "a", "--spool", "s", "--addresses", "10.1.2.3"],
        ["serve", "--env-file", "a", "--spool", "s", "--addresses", "10.1.2.3,10.1.2.4,db"],
    ])
    func `it refuses with 64`(arguments: [String]) {
        let failure = #expect(throws: ServeFailure.self) { try ServeArguments.parse(arguments) }
        #expect(failure?.exitCode == 64)
    }
}
