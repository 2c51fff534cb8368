import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// `careinit certs issue` where no certificate comes of it: each time for a real reason, which it explains.
@Suite(.serialized) struct CertsIssueTests {
    /// A `.env` whose certificate comes from certbot.
    private func settings(in folder: ScratchFolder, _ lines: [String] = []) throws -> UInt16 {
        try SettingsFiles.provision(in: folder)
        let port = try Ports.freeRun(of: 1)
        var text = Files.text(folder[".env"])
        let all = ["TLS_MODE=letsencrypt", "APP_URL=https://care.test", "LETSENCRYPT_DIR=le", "HTTP_PORT=\(port)"]
        for line in all + lines {
            text = SettingsFiles.replacing(String(line.prefix { $0 != "=" }), by: line, in: text)
        }
        try folder.write(text, to: ".env")
        return port
    }

    private func issue(_ folder: ScratchFolder, _ pebble: PebbleServer, _ options: String...) throws -> Outcome {
        try run(
            [Programs.careinit, "certs", "issue", "--server", pebble.directory] + options, in: folder.path,
            environment: pebble.environment, within: .seconds(120))
    }

    private static let misfits: [(lines: [String], code: Int32, words: [String])] = [
        (["TLS_MODE=self-signed"], 78, ["TLS_MODE is not letsencrypt", "careinit certs create"]),
        ([], 65, [".test are not in the public DNS", "--server URL"]),
        (["APP_URL=https://192.0.2.7"], 65, ["it is an address"]),
        (["APP_URL=https://localhost"], 65, ["a name of this network"]),
        (["LETSENCRYPT_EMAIL=nobody"], 65, ["LETSENCRYPT_EMAIL"]),
    ]

    @Test(arguments: misfits)
    func `a .env that does not fit is refused before certbot runs`(
        lines: [String], code: Int32, words: [String]
    ) throws {
        let folder = try ScratchFolder()
        _ = try settings(in: folder, lines)
        let outcome = try careinit("certs", "issue", in: folder.path)
        #expect(outcome.code == code, "\(outcome)")
        #expect(missing(words, in: outcome.error) == [], "\(outcome)")
        #expect(!Files.exists(folder["le"]))
    }

    @Test func `a dry run prints the command line, and nothing more`() throws {
        let folder = try ScratchFolder()
        let port = try settings(in: folder, ["APP_URL=https://notes.care.example.org"])
        let outcome = try careinit("certs", "issue", "-n", "--staging", "--email", "it@care.org", in: folder.path)
        #expect(outcome.code == 0 && outcome.error.isEmpty, "\(outcome)")
        #expect(outcome.output.hasPrefix("certbot certonly ") && outcome.output.split(separator: "\n").count == 1)
        let words = [
            "--staging", "--email it@care.org", "--standalone --http-01-port \(port) --http-01-address 127.0.0.1",
            "-d notes.care.example.org", "--config-dir \(folder["le"])",
            "certs install --env-file \(folder[".env"])'",
        ]
        #expect(missing(words, in: outcome.output) == [], "\(outcome)")
        #expect(!Files.exists(folder["le"]))
    }

    @Test func `an authority that does not reach the port is told from one that finds no address`() throws {
        let folder = try ScratchFolder()
        _ = try settings(in: folder)
        let elsewhere = try Ports.freeRun(of: 1)
        let refused = try issue(folder, try PebbleServer(in: folder, httpPort: elsewhere))
        #expect(refused.code == 1, "\(refused)")
        let port = [
            "Nothing answers the authority on port 80 of care.test", "connection refused", "Fix: open port 80",
        ]
        #expect(missing(port, in: refused.error) == [], "\(refused)")
        let nameless = try issue(folder, try PebbleServer(in: folder, httpPort: elsewhere, address: ""))
        #expect(nameless.code == 1, "\(nameless)")
        #expect(
            missing(["finds no address for care.test", "Fix: make an A or AAAA record"], in: nameless.error) == [])
    }

    @Test func `an authority that is not trusted, and one that is not there, are told`() throws {
        let folder = try ScratchFolder()
        let pebble = try PebbleServer(in: folder, httpPort: try settings(in: folder))
        let stranger = try careinit("certs", "issue", "--server", pebble.directory, in: folder.path)
        #expect(stranger.code == 69, "\(stranger)")
        #expect(missing(["own server is not trusted", "Fix: "], in: stranger.error) == [])
        let port = try Ports.freeRun(of: 1)
        let nobody = try careinit("certs", "issue", "--server", "https://127.0.0.1:\(port)/dir", in: folder.path)
        #expect(nobody.code == 69, "\(nobody)")
        #expect(missing(["The authority cannot be reached", "Fix: "], in: nobody.error) == [])
    }

    @Test func `a port that somebody else has is named with its holder, and certbot is not started`() throws {
        let folder = try ScratchFolder()
        let port = try settings(in: folder)
        let descriptor = try #require(Ports.listen("127.0.0.1", port))
        defer { close(descriptor) }
        let outcome = try careinit("certs", "issue", "--server", "https://127.0.0.1:1/dir", in: folder.path)
        #expect(outcome.code == 69, "\(outcome)")
        #expect(missing(["\(port)", "HTTP_PORT", "\(getpid())"], in: outcome.error) == [], "\(outcome)")
        #expect(!Files.exists(folder["le"]))
    }

    @Test func `Ctrl-C ends certbot, too`() throws {
        let folder = try ScratchFolder()
        _ = try settings(in: folder)
        let silent = try Ports.freeRun(of: 1)
        let descriptor = try #require(Ports.listen("127.0.0.1", silent))
        defer { close(descriptor) }
        let process = try RunningProcess(
            [Programs.careinit, "certs", "issue", "--server", "https://127.0.0.1:\(silent)/dir"],
            .init(folder: folder.path))
        // certbot's log is there once it is at work.
        _ = try eventually("certbot's log") { Files.exists(folder["le/logs/letsencrypt.log"]) ? true : nil }
        process.send(SIGINT)
        let outcome = try process.outcome()
        #expect(outcome.code == 130 && outcome.error.contains("certbot was ended"), "\(outcome)")
        #expect(ProcessEntry.belonging(to: folder.path).isEmpty)
    }

    @Test(.enabled(if: Privileges.canChangeUser)) func `without the right to write, another folder is advised`()
        throws
    {
        let folder = try ScratchFolder()
        _ = try settings(in: folder, ["LETSENCRYPT_DIR=/etc/letsencrypt"])
        #expect(try run(["chown", "--recursive", "\(Privileges.nobody)", folder.path], in: "/").code == 0)
        let outcome = try careinit(
            "certs", "issue", "--server", "https://127.0.0.1:1/dir", in: folder.path, as: Privileges.nobody)
        #expect(outcome.code == 77, "\(outcome)")
        #expect(
            missing(["/etc/letsencrypt", "LETSENCRYPT_DIR=letsencrypt"], in: outcome.error) == [], "\(outcome)")
    }
}
