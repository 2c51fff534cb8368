import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The profile for production with its own ports, seen from this machine and from another one.
@Suite(.serialized, .enabled(if: ScratchStack.isPossible && NetworkPair.isPossible)) struct ProductionTests {
    private static let host = "notes.care.co.uk"

    private func stack(_ network: NetworkPair) throws -> ScratchStack {
        let answers = try ScratchFolder()
        let file = try answers.write("Quiet-Harbour-41", to: "smtp")
        return try withExtendedLifetime(answers) {
            try ScratchStack(
                wrapper: network.onServer, profile: "production",
                own: [
                    "APP_URL": "https://\(Self.host)", "TLS_MODE": "self-signed", "HTTP_PORT": "80",
                    "HTTPS_PORT": "443", "SMTP_HOST": "mail.care.co.uk", "SMTP_USER": "care",
                    "SMTP_PASS": "@\(file)", "SMTP_FROM": "alerts@care.co.uk",
                    "ALERT_EMAIL_CRITICAL": "oncall@care.co.uk", "ALERT_EMAIL_WARNING": "team@care.co.uk",
                ])
        }
    }

    /// The status and where a redirect leads, for a request of the host at an address.
    private func ask(
        _ stack: ScratchStack, _ place: [String], at address: String, _ url: String
    ) throws -> String {
        let outcome = try run(
            place + [
                "curl", "--silent", "--show-error", "--max-time", "20", "--cacert",
                stack.folder["certs/fullchain.pem"], "--resolve", "\(Self.host):80:\(address)", "--resolve",
                "\(Self.host):443:\(address)", "--output", "/dev/null", "--write-out",
                "%{http_code} %{redirect_url}", url,
            ], in: "/")
        guard outcome.code == 0 else { throw HarnessError("\(url): \(outcome)") }
        return outcome.output
    }

    @Test func `ports 80 and 443 serve the host of APP_URL, nobody's master is root, and the inside stays inside`()
        throws
    {
        let network = try NetworkPair()
        let stack = try stack(network)
        do {
            try stack.up()
            try requireDoor(stack, network)
            try requireInside(stack, network)
            try requireRights(stack)
            try requireReload(stack, network)
            try requireStartAfterCrash(stack, network)
        } catch {
            try stack.down()
            throw error
        }
        try stack.down()
    }

    private func requireDoor(_ stack: ScratchStack, _ network: NetworkPair) throws {
        func outside(_ url: String) throws -> String {
            try ask(stack, network.onClient, at: NetworkPair.server, url)
        }
        #expect(try outside("http://\(Self.host)/a?b=1") == "308 https://\(Self.host)/a?b=1")
        #expect(try outside("https://\(Self.host)/api/health") == "200 ")
        #expect(try outside("https://\(Self.host)/api/notes") == "401 ")
        #expect(try outside("https://\(Self.host)/api/metrics") == "404 ")
        #expect(try outside("https://\(Self.host)/api/health/detailed") == "403 ")
        #expect(try outside("https://\(Self.host)/api/health/circuits") == "403 ")
        let inside = try ask(stack, network.onServer, at: "127.0.0.1", "https://\(Self.host)/api/health/detailed")
        #expect(inside == "200 ")
    }

    /// Every port but nginx' two is held on loopback only: another machine is refused.
    private func requireInside(_ stack: ScratchStack, _ network: NetworkPair) throws {
        let script = "for port; do (: </dev/tcp/\(NetworkPair.server)/$port) 2>/dev/null && echo $port; done; :"
        let ports =
            ["80", "443"] + stack.ports.filter { !$0.key.hasPrefix("HTTP") }.map { "\($0.value)" }.sorted()
        let open = try run(network.onClient + ["bash", "-c", script, "bash"] + ports, in: "/")
        #expect(open.output == "80\n443\n", "\(open)")
        let listening = try run(network.onServer + ["ss", "-Htln"], in: "/").output.split(separator: "\n")
        #expect(listening.count > 15)
        let reachable = listening.compactMap { $0.split(separator: " ").dropFirst(3).first }
            .filter { !$0.hasPrefix("127.") }
        #expect(reachable.sorted() == ["0.0.0.0:443", "0.0.0.0:80"])
    }

    /// nginx' processes are www-data's, with the right to low ports and no other.
    private func requireRights(_ stack: ScratchStack) throws {
        let nginx = processes(of: stack)
        #expect(nginx.count == 3, "\(nginx)")
        for process in nginx {
            let status = Files.text("/proc/\(process.identifier)/status")
            #expect(missing(["CapEff:\t0000000000000400\n", "CapBnd:\t0000000000000400\n"], in: status) == [])
            #expect(!status.contains("Uid:\t0\t"), "\(process)")
        }
        let key = "\(stack.state)/generations/current/nginx/privkey.pem"
        #expect(try run(["stat", "--format", "%a %U", key], in: "/").output == "600 www-data\n")
    }

    private func processes(of stack: ScratchStack) -> [ProcessEntry] {
        ProcessEntry.belonging(to: stack.folder.path).filter { $0.commandLine.hasPrefix("nginx: ") }
    }

    /// Its master opens the ports anew after a change of its configuration, without root.
    private func requireReload(_ stack: ScratchStack, _ network: NetworkPair) throws {
        let master = processes(of: stack).first { $0.commandLine.hasPrefix("nginx: master") }?.identifier
        var text = stack.settings
        text = SettingsFiles.replacing("HTTP_PORT", by: "HTTP_PORT=81", in: text)
        try Files.write(Array(text.utf8), to: stack.folder[".env"])
        try stack.up()
        // Its workers change a moment after it was told.
        let redirect = try eventually("the new port") {
            try? ask(stack, network.onClient, at: NetworkPair.server, "http://\(NetworkPair.server):81/a")
        }
        #expect(redirect == "308 https://\(Self.host)/a")
        #expect(processes(of: stack).first { $0.commandLine.hasPrefix("nginx: master") }?.identifier == master)
    }

    /// As after a power cut: every process is gone at once, and what they left lies about.
    private func requireStartAfterCrash(_ stack: ScratchStack, _ network: NetworkPair) throws {
        let pidFile = "\(stack.state)/run/supervisord.pid"
        for process in ProcessEntry.belonging(to: stack.folder.path) { kill(process.identifier, SIGKILL) }
        _ = try eventually("the end of every process") {
            ProcessEntry.belonging(to: stack.folder.path).isEmpty ? true : nil
        }
        let stale = Files.text(pidFile)
        #expect(!stale.isEmpty && Files.exists("\(stack.state)/run/supervisor.sock"))
        let unit = try stack.careinit("install-service", "--print").output
        let line = try #require(unit.split(separator: "\n").first { $0.hasPrefix("ExecStart=") })
        let command = line.dropFirst("ExecStart=".count)
        let up = try run(network.onServer + ["sh", "-c", "exec \(command)"], in: "/", within: .seconds(150))
        #expect(up.code == 0, "\(up)")
        let now = try #require(pid_t(Files.text(pidFile).filter(\.isNumber)))
        #expect(ProcessEntry.all().first { $0.identifier == now }?.commandLine.contains("supervisord") == true)
        let health = try ask(stack, network.onClient, at: NetworkPair.server, "https://\(Self.host)/api/health")
        #expect(health == "200 ")
    }
}
