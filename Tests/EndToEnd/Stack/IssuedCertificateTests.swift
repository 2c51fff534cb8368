import Testing

/// A certificate from an authority, by the stock certbot: ordered, served, renewed.
@Suite(
    .serialized, .enabled(if: ScratchStack.isPossible),
    .enabled(if: StackRuntime.isNative, "its nginx log lies in a file natively only")
) struct IssuedCertificateTests {
    private static let host = "care.test"

    /// A stack whose certificate comes from certbot, with its folder beside the `.env`.
    private func adapt(_ stack: ScratchStack) throws {
        var text = stack.settings
        let port = stack.port("HTTPS_PORT")
        for line in [
            "TLS_MODE=letsencrypt", "APP_URL=https://\(Self.host):\(port)", "LETSENCRYPT_DIR=letsencrypt",
        ] {
            text = SettingsFiles.replacing(String(line.prefix { $0 != "=" }), by: line, in: text)
        }
        try Files.write(Array(text.utf8), to: stack.folder[".env"])
    }

    @Test func `it is ordered before the stack runs, served, and renewed under load without a failed request`()
        throws
    {
        try ScratchStack.withOne { stack in
            try adapt(stack)
            let pebble = try PebbleServer(in: stack.folder, httpPort: stack.port("HTTP_PORT"))
            try order(stack, pebble)
            let first = try served(stack)
            #expect(first == (try onDisk(stack)))

            let server = ["--url", "https://\(Self.host):\(stack.port("HTTPS_PORT"))", "--ca", pebble.rootPath]
            let load = try LoadRun(
                stack, seconds: 300, rate: 200,
                server: server + ["--connect", "127.0.0.1:\(stack.port("HTTPS_PORT"))"])
            try load.waitForWrites()
            let second = try renew(stack, pebble, careinit: true)
            let third = try renew(stack, pebble, careinit: false)
            #expect(Set([first, second, third]).count == 3)
            #expect(load.isRunning)
            load.stop()
            let summary = try load.summary()
            #expect(summary["failed"] as? Int == 0, "\(summary)")
            #expect((summary["writes"] as? Int ?? 0) > 100, "\(summary)")
            try requireValidations(stack)
            try goBack(stack, to: second)
            try report(summary)
        }
    }

    /// By certbot's own server, since nothing runs yet; then the stack.
    private func order(_ stack: ScratchStack, _ pebble: PebbleServer) throws {
        let early = try stack.careinit("up")
        #expect(early.code == 66 && early.error.contains("careinit certs issue"), "\(early)")
        let issue = try careinit(
            "certs", "issue", "--server", pebble.directory, in: stack.folder.path, environment: pebble.environment)
        try #require(issue.code == 0, "\(issue)")
        #expect(
            missing(["live/\(Self.host)/fullchain.pem: new, lasts until 2", "certbot renew"], in: issue.output)
                == [])
        let renewal = Files.text(stack.folder["letsencrypt/renewal/\(Self.host).conf"])
        #expect(missing(["authenticator = webroot", "certs install --env-file"], in: renewal) == [])
        let up = try careinit(
            "up", in: stack.folder.path, environment: pebble.environment, within: .seconds(150))
        try #require(up.code == 0, "\(up)")
        let check = try careinit(
            "certs", "check", "--ca", pebble.rootPath, "--host", Self.host, "--connect",
            "127.0.0.1:\(stack.port("HTTPS_PORT"))", "--env-file", ".env", in: stack.folder.path)
        #expect(check.code == 0, "\(check)")
    }

    /// Renews through the running nginx.
    ///
    /// - Returns: The serial number that is served then.
    private func renew(_ stack: ScratchStack, _ pebble: PebbleServer, careinit isOurs: Bool) throws -> String {
        let old = try onDisk(stack)
        let folder = stack.folder["letsencrypt"]
        let ours = [Programs.careinit, "certs", "issue", "--server", pebble.directory, "--force-renewal"]
        let certbots = [
            "certbot", "renew", "--force-renewal", "--no-random-sleep-on-renew", "--config-dir", folder,
            "--work-dir", "\(folder)/work", "--logs-dir", "\(folder)/logs",
        ]
        let outcome = try run(
            isOurs ? ours : certbots, in: stack.folder.path, environment: pebble.environment, within: .seconds(180)
        )
        try #require(outcome.code == 0 && !outcome.text.contains("reported error code"), "\(outcome)")
        let new = try onDisk(stack)
        #expect(new != old)
        #expect(try served(stack) == new, "\(outcome)")
        return new
    }

    /// As docs/CERTIFICATES.md says: certbot's links to the generation before, and nginx serves it again.
    private func goBack(_ stack: ScratchStack, to serial: String) throws {
        let links = try run(
            [
                "sh", "-c",
                "for part in cert chain fullchain privkey; do"
                    + " ln -sfn ../../archive/\(Self.host)/${part}2.pem live/\(Self.host)/$part.pem; done",
            ], in: stack.folder["letsencrypt"])
        try #require(links.code == 0, "\(links)")
        let outcome = try stack.careinit("certs", "install")
        #expect(outcome.code == 0, "\(outcome)")
        #expect(try served(stack) == serial)
        let check = try stack.careinit("certs", "check")
        #expect(check.output.contains("number 2 of 3, which is not the newest"), "\(check)")
    }

    private func report(_ summary: [String: Any]) throws {
        let latency = summary["latency_ms"] as? [String: Any] ?? [:]
        let columns = ["sent", "ok", "failed", "retried", "writes", "seconds"].map { "\(summary[$0] ?? "?")" }
        let times = ["p50", "p99", "max"].map { "\(latency[$0] ?? "?")" }
        try ProofReport.append(
            [
                "## Two renewals at pebble, under 200 requests a second", "",
                "One by `careinit certs issue --force-renewal`, one by `certbot renew`; pebble asked the running nginx for its"
                    + " challenges, and what was served afterwards was the new one on the disk each time.", "",
                "| requests | answered | failed | retried once | writes | s | median, ms | 99th percentile, ms | longest, ms |",
                "|---|---|---|---|---|---|---|---|---|",
                "| \((columns + times).joined(separator: " | ")) |", "",
            ], to: "CARE_RENEWAL_REPORT")
    }

    /// nginx itself gave the authority its answers, one for each renewal; pebble asks for each several times.
    private func requireValidations(_ stack: ScratchStack) throws {
        let start = "\"path\":\"/.well-known/acme-challenge/"
        let answers = try eventually("the challenges in nginx' log") {
            let lines = Files.text("\(stack.state)/logs/nginx/access.log").split(separator: "\n").filter {
                $0.contains("\"status\":200")
            }
            let names = lines.compactMap { line in
                line.firstRange(of: start).map { line[$0.upperBound...].prefix { $0 != "\"" } }
            }.filter { !$0.hasPrefix("careinit-") }
            return Set(names).count >= 2 ? Set(names) : nil
        }
        #expect(answers.count == 2, "\(answers)")
    }

    private func served(_ stack: ScratchStack) throws -> String {
        try serial([
            "sh", "-c",
            "openssl s_client -connect 127.0.0.1:$1 -servername $2 </dev/null 2>/dev/null | openssl x509 -noout -serial",
            "sh", "\(stack.port("HTTPS_PORT"))", Self.host,
        ])
    }

    private func onDisk(_ stack: ScratchStack) throws -> String {
        let path = stack.folder["letsencrypt/live/\(Self.host)/cert.pem"]
        return try serial(["openssl", "x509", "-noout", "-serial", "-in", path])
    }

    private func serial(_ command: [String]) throws -> String {
        let outcome = try run(command, in: "/")
        try #require(outcome.code == 0 && outcome.output.hasPrefix("serial="), "\(outcome)")
        return outcome.output
    }
}
