import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// nginx gets another key and certificate in a stack that runs, and those who trust its authority do not notice.
@Suite(.serialized, .enabled(if: ScratchStack.isPossible), .sharedStack) struct TLSKeyRotationTests {
    let stack: ScratchStack

    init() throws { stack = try SharedStack.current }

    private func rotate(_ arguments: String...) throws -> Outcome {
        try run([Programs.careinit, "rotate-secrets"] + arguments, in: stack.folder.path, within: .seconds(120))
    }

    private var certificate: String { Files.text(stack.folder["certs/fullchain.pem"]) }
    private var key: String { Files.text(stack.folder["certs/privkey.pem"]) }
    private var stashed: [String] {
        Files.all(below: "\(stack.state)/secrets").filter { $0.contains("/tls-") }
    }

    /// What nginx shows, as it lies in a file.
    private func served() throws -> String {
        let port = stack.port("HTTPS_PORT")
        let shown = try run(
            ["openssl", "s_client", "-connect", "127.0.0.1:\(port)", "-servername", "localhost"], in: "/")
        return try run(["openssl", "x509"], in: "/", input: shown.output).output
    }

    /// The names, the kind of key and the issuer of what lies there.
    private func kind() throws -> String {
        let words = ["openssl", "x509", "-noout", "-ext", "subjectAltName", "-issuer", "-text"]
        let text = try run(words, in: "/", input: certificate).output
        let telling = ["DNS:", "Public Key Algorithm", "NIST CURVE", "Issuer:", "Signature Algorithm"]
        return text.split(separator: "\n").filter { line in telling.contains { line.contains($0) } }
            .joined(separator: "\n")
    }

    /// Files, generation and nginx agree.
    private func expectSettled(_ place: String) throws {
        #expect(try served() == certificate, "\(place)")
        #expect(stashed.isEmpty, "\(place): \(stashed)")
        #expect(!Files.text("\(stack.state)/secrets/rotation-values.env").contains("="), "\(place)")
        let up = try stack.careinit("up")
        #expect(up.code == 0 && up.text.contains("nothing has changed"), "\(place): \(up)")
        let status = try stack.careinit("status")
        #expect(status.code == 0, "\(place): \(status)")
        let check = try stack.careinit("check")
        #expect(check.code == 0 && !check.text.contains("TLS_KEY"), "\(place): \(check)")
    }

    private func killed(at step: Int) throws {
        try Files.write(Array("\(step)".utf8), to: "\(stack.state)/run/test-kill-at")
        defer { unlink("\(stack.state)/run/test-kill-at") }
        let outcome = try rotate("TLS_KEY", "--quiet")
        try #require(outcome.ending == .signalled(SIGKILL), "step \(step): \(outcome)")
    }

    private func steps() throws -> Int {
        let plan = try rotate("TLS_KEY", "--dry-run")
        return plan.output.split(separator: "\n").count { $0.hasPrefix("[") }
    }

    // MARK: - Self-signed

    @Test func `a self-signed one is followed by one for the same names, and by nothing of the old`() throws {
        let (old, oldKey, oldKind) = (certificate, key, try kind())
        let outcome = try rotate("TLS_KEY", "--verbose")
        #expect(outcome.code == 0, "\(outcome)")
        #expect(certificate != old && key != oldKey)
        #expect(try kind() == oldKind)
        for path in Files.all(below: stack.folder["certs"]) {
            #expect(![old, oldKey].contains(Files.text(path)), "\(path)")
        }
        #expect(Files.mode(stack.folder["certs/privkey.pem"]) == 0o600)
        try expectSettled("self-signed")
        try expectRemembered(outcome, keys: [oldKey, key])
    }

    /// Since when, and by whom; and neither key in what is written of it.
    private func expectRemembered(_ outcome: Outcome, keys: [String]) throws {
        #expect(Files.text("\(stack.state)/secrets/ages.env").contains("TLS_KEY="))
        let audit = try stack.careinit("audit", "show", "--json")
        let told = try #require(try JSON.object(audit.output)["entries"] as? [[String: Any]])
        let actions = told.map { "\($0["action"] ?? "")" }.filter { $0 != "generation-activated" }
        #expect(actions.suffix(3) == ["certificate-installed", "secret-published", "secret-retired"], "\(audit)")
        var texts = [outcome.text, audit.output]
        for path in Files.all(below: "\(stack.state)/logs") + Files.all(below: "\(stack.state)/audit")
            + Files.all(below: "\(stack.state)/secrets")
        { texts.append(Files.text(path)) }
        let lines = keys.flatMap { $0.split(separator: "\n").filter { !$0.hasPrefix("-----") } }
        #expect(!lines.isEmpty && !lines.contains { line in texts.contains { $0.contains(line) } })
    }

    @Test func `killed at any step, it can be taken back`() throws {
        let (old, oldKey) = (certificate, key)
        for step in 1...(try steps()) {
            try killed(at: step)
            let outcome = try rotate("--rollback", "--json")
            #expect(try JSON.object(outcome.output)["outcome"] as? String == "rolled-back", "\(step): \(outcome)")
            #expect(certificate == old && key == oldKey, "step \(step)")
            #expect(try served() == old, "step \(step)")
            #expect(stashed.isEmpty, "step \(step)")
        }
        try expectSettled("taken back")
    }

    @Test func `it is changed only where it is named, and said so`() throws {
        let explanation = try rotate("--explain", "TLS_KEY")
        #expect(explanation.code == 0 && explanation.output.contains("not by --all"), "\(explanation)")
        for words in [["--all"], ["--older-than", "0s"]] {
            let plan = try run(
                [Programs.careinit, "rotate-secrets", "--dry-run"] + words, in: stack.folder.path)
            #expect(plan.code == 0 && !plan.output.contains("TLS_KEY"), "\(plan)")
        }
        let given = try rotate("TLS_KEY", "--value-file", stack.folder["certs/privkey.pem"])
        #expect(given.code == 64 && given.error.contains("certs install"), "\(given)")
    }

    // MARK: - Signed by the local authority

    /// Has the stack serve a certificate of its own authority.
    ///
    /// - Returns: The authority's certificate.
    private func signLocally() throws -> String {
        for words in [
            ["provision", "--no-input", "--set", "TLS_MODE=files"], ["certs", "create", "--force"], ["up"],
        ] {
            let outcome = try run(
                [Programs.careinit] + words, in: stack.folder.path, within: .seconds(150))
            try #require(outcome.code == 0, "\(outcome)")
        }
        return stack.folder[".careinit/authority/ca.pem"]
    }

    @Test func `those who trust the authority notice nothing: twice, and killed at every step`() throws {
        let authority = try signLocally()
        let server = ["--url", stack.origin, "--ca", authority]
        let load = try LoadRun(stack, seconds: 600, rate: 100, server: server)
        try load.waitForWrites()
        var keys = [key]
        let oldKind = try kind()
        // Alone, and among others.
        for names in [["TLS_KEY"], ["REDIS_PASSWORD", "TLS_KEY"]] {
            let outcome = try run(
                [Programs.careinit, "rotate-secrets"] + names, in: stack.folder.path, within: .seconds(120))
            #expect(outcome.code == 0, "\(outcome)")
            keys.append(key)
            #expect(try served() == certificate)
        }
        for step in 1...(try steps()) {
            try killed(at: step)
            #expect(try rotate("TLS_KEY").code == 1, "step \(step): a second one was begun")
            let outcome = try rotate("--resume", "--quiet")
            #expect(outcome.code == 0, "step \(step): \(outcome)")
            #expect(try served() == certificate, "step \(step)")
            keys.append(key)
        }
        #expect(load.isRunning)
        load.stop()
        let summary = try load.summary()
        #expect(summary["failed"] as? Int == 0, "\(summary)")
        #expect(Set(keys).count == keys.count && keys.count == 9)
        #expect(try kind() == oldKind)
        try expectSettled("signed by the authority")
    }

    // MARK: - Somebody else's

    @Test func `a certificate that another authority signed is left to its maker, before anything is begun`()
        throws
    {
        _ = try signLocally()
        let authority = stack.folder[".careinit/authority"]
        let journal = Files.text("\(stack.state)/secrets/rotation.json")
        try FileManager.default.moveItem(atPath: authority, toPath: authority + ".away")
        for words in [["TLS_KEY"], ["TLS_KEY", "--dry-run"]] {
            let outcome = try run([Programs.careinit, "rotate-secrets"] + words, in: stack.folder.path)
            #expect(outcome.code == 78 && outcome.error.contains("certs install --from DIR"), "\(outcome)")
        }
        try FileManager.default.moveItem(atPath: authority + ".away", toPath: authority)
        #expect(Files.text("\(stack.state)/secrets/rotation.json") == journal)
        try expectSettled("refused")
    }
}

/// Nothing runs: only the files can change.
@Suite(.enabled(if: ScratchStack.isPossible)) struct TLSKeyRotationAtRestTests {
    @Test func `without a running stack only the files change, and certbot's are refused`() throws {
        let folder = try ScratchFolder()
        try SettingsFiles.provision(in: folder)
        let before = ["fullchain", "privkey"].map { Files.text(folder["certs/\($0).pem"]) }
        let settings = Files.text(folder[".env"])
        let outcome = try run([Programs.careinit, "rotate-secrets", "TLS_KEY"], in: folder.path)
        #expect(outcome.code == 0 && outcome.output.contains("careinit up"), "\(outcome)")
        let after = ["fullchain", "privkey"].map { Files.text(folder["certs/\($0).pem"]) }
        #expect(before[0] != after[0] && before[1] != after[1])
        #expect(Files.text(folder[".env"]) == settings)
        #expect(Files.all(below: folder["certs"]).count == 2)
        let text = SettingsFiles.replacing("TLS_MODE", by: "TLS_MODE=letsencrypt", in: settings)
        try Files.write(Array(text.utf8), to: folder[".env"])
        let refused = try run([Programs.careinit, "rotate-secrets", "TLS_KEY"], in: folder.path)
        #expect(refused.code == 78 && refused.error.contains("certbot renew --force-renewal"), "\(refused)")
    }
}
