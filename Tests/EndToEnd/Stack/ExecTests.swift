import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// `careinit exec`, the same on both runtimes.
extension RunningStackTests {
    private func exec(_ words: String..., input: String = "") throws -> Outcome {
        try run([Programs.careinit, "exec"] + words, in: stack.folder.path, input: input)
    }

    private func owner(of process: pid_t) throws -> String {
        var facts = stat()
        try #require(stat("/proc/\(process)", &facts) == 0)
        return "\(facts.st_uid)"
    }

    @Test(arguments: [("app-1", "carenotes serve"), ("pg-2", "patroni"), ("nginx", "nginx: master")])
    func `exec runs where the service runs, as its user, and passes streams and exit code on`(
        service: String, words: String
    ) throws {
        let outcome = try exec(service, "sh", "-c", "cat; id -u; echo trouble >&2; exit 7", input: "one\ntwo\n")
        #expect(outcome.code == 7 && outcome.error == "trouble\n", "\(outcome)")
        let process = try #require(try stack.processes(of: service, [words]).last)
        #expect(outcome.output == "one\ntwo\n\(try owner(of: process))\n", "\(outcome)")
    }

    @Test func `exec asks a member by psql and patronictl, without an option or a secret`() throws {
        let answer = try exec("pg-1", "psql", "-Atc", "SELECT 6 * 7, current_user")
        #expect(answer.code == 0 && answer.output == "42|postgres\n", "\(answer)")
        let input = try exec("pg-3", "--", "psql", "-At", input: "SELECT 'from standard input'")
        #expect(input.output == "from standard input\n", "\(input)")
        let members = try exec("pg-2", "patronictl", "list", "--format", "tsv")
        #expect(members.code == 0 && missing(["pg-1", "pg-2", "pg-3", "Leader"], in: members.output) == [])
        let seen = try exec("pg-1", "sh", "-c", "env; tr '\\0' ' ' </proc/self/cmdline")
        let names = ["DB_PASSWORD", "REPLICATION_PASSWORD", "REDIS_PASSWORD", "JWT_SECRET", "ENCRYPTION_KEY"]
        for name in names {
            let secret = try #require(SettingsFiles.value(of: name, in: stack.settings))
            #expect(secret.count >= 32 && !seen.text.contains(secret), "\(name)")
        }
        #expect(seen.output.contains("PGHOST="), "\(seen)")
    }

    @Test func `exec names the services where there is no such one, and tells a missing program by 127`() throws {
        let wrong = try exec("app", "true")
        #expect(wrong.code == 64 && missing(["app-1", "pg-3", "nginx"], in: wrong.error) == [], "\(wrong)")
        #expect(try exec("app-1", "no-such-program").code == 127)
        let help = try exec("--help")
        #expect(help.code == 0 && missing(["EXAMPLES:", "psql", "patronictl"], in: help.output) == [], "\(help)")
    }
}
