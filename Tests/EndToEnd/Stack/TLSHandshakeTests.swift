import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What nginx agrees on with a client, asked with OpenSSL's own and with curl.
extension RunningStackTests {
    /// One request over one connection, which nginx closes after its reply: what belongs to the session has come by then.
    private func connect(_ options: [String]) throws -> Outcome {
        try run(
            [
                "openssl", "s_client", "-connect", "localhost:\(stack.port("HTTPS_PORT"))", "-servername",
                "localhost",
                "-CAfile", stack.folder["certs/fullchain.pem"], "-verify_return_error", "-ign_eof",
            ] + options, in: stack.folder.path,
            input: "GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    }

    @Test(arguments: ["1.2", "1.3"])
    func `a session is resumed, by whichever worker the next connection reaches`(version: String) throws {
        let option = "-tls\(version.replacing(".", with: "_"))"
        let session = stack.folder["session-\(version).pem"]
        let first = try connect([option, "-sess_out", session])
        #expect(
            missing(["New, TLSv\(version), Cipher is", "\"status\":\"ok\""], in: first.output) == [], "\(first)")
        for _ in 0..<6 {
            let next = try connect([option, "-sess_in", session])
            #expect(
                missing(["Reused, TLSv\(version), Cipher is", "\"status\":\"ok\""], in: next.output) == [],
                "\(next)")
        }
        // None of TLS 1.2's tickets, which one key would open for as long as nginx runs.
        if version == "1.2" { #expect(!first.output.contains("TLS session ticket:"), "\(first)") }
    }

    @Test func `a reload keeps the sessions`() throws {
        let session = stack.folder["session-reload.pem"]
        #expect(try connect(["-tls1_3", "-sess_out", session]).code == 0)
        let workers = try workers()
        let main = try #require(try stack.processes(of: "nginx", ["nginx: master"]).first)
        #expect(kill(main, SIGHUP) == 0)
        try eventually("other workers only") { try self.workers().isDisjoint(with: workers) ? true : nil }
        let next = try connect(["-tls1_3", "-sess_in", session])
        #expect(next.output.contains("Reused, TLSv1.3"), "\(next)")
    }

    /// Those that take connections.
    private func workers() throws -> Set<Int32> {
        if !StackRuntime.isNative { return Set(try stack.processes(of: "nginx", ["nginx: worker process"])) }
        let all = ProcessEntry.belonging(to: stack.state).filter {
            $0.commandLine.hasPrefix("nginx: worker process")
        }
        return Set(all.map(\.identifier))
    }

    @Test(arguments: [("--http2", "2"), ("--http1.1", "1.1")])
    func `HTTP of both versions is spoken`(option: String, version: String) throws {
        let outcome = try stack.curl(
            option, "--fail", "--output", "/dev/null", "--write-out", "%{http_version}",
            "\(stack.origin)/api/health")
        #expect(outcome.output == version, "\(outcome)")
    }

    @Test(arguments: [("X25519", true), ("P-256", true), ("P-384", true), ("P-521", false)])
    func `the key exchange is over Mozilla's curves`(group: String, isTaken: Bool) throws {
        let outcome = try connect(["-tls1_3", "-groups", group])
        #expect((outcome.code == 0) == isTaken, "\(outcome)")
    }

    /// The hybrid with ML-KEM is refused by older ones already as a word.
    @Test func `it is hybrid where OpenSSL knows how`() throws {
        let version = try run(["openssl", "version"], in: "/").output
        let numbers = version.split(separator: " ")[1].split(separator: ".").compactMap { Int($0) }
        let knows = numbers.lexicographicallyPrecedes([3, 5]) == false
        let outcome = try connect(["-tls1_3", "-groups", "X25519MLKEM768"])
        #expect((outcome.code == 0) == knows, "\(version)\(outcome)")
    }
}
