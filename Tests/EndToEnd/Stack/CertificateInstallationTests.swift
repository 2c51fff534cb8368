import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A certificate is replaced in a stack that runs: refused, taken back, or served, and never half.
@Suite(.serialized, .enabled(if: ScratchStack.isPossible), .sharedStack) struct CertificateInstallationTests {
    let stack: ScratchStack

    init() throws { stack = try SharedStack.current }

    /// A pair for this stack in a folder below.
    private func make(_ name: String, host: String = "localhost") throws -> String {
        let outcome = try stack.careinit(
            "certs", "create", "--self-signed", "--env-file", "/nonexistent/.env", "--name", host, "--name",
            "127.0.0.1", "--output", name)
        try #require(outcome.code == 0, "\(outcome)")
        return stack.folder[name]
    }

    private func certificate(_ folder: String) -> String { Files.text("\(folder)/fullchain.pem") }

    /// What nginx shows, as it lies in a file.
    private func served() throws -> String {
        let outcome = try run(
            [
                "openssl", "s_client", "-connect", "127.0.0.1:\(stack.port("HTTPS_PORT"))", "-servername",
                "localhost",
            ],
            in: "/")
        return try run(["openssl", "x509"], in: "/", input: outcome.output).output
    }

    private func install(_ folder: String, _ options: String...) throws -> Outcome {
        try run(
            [Programs.careinit, "certs", "install", "--from", folder] + options, in: stack.folder.path)
    }

    private func inForce() throws -> String {
        try run(["readlink", "\(stack.state)/generations/current"], in: "/").output
    }

    @Test func `a new pair is served, kept by the next up, and installed only once`() throws {
        let new = try make("new")
        #expect(try served() != certificate(new))
        let plan = try install(new, "--dry-run")
        #expect(plan.code == 0 && plan.output.contains("would be installed"), "\(plan)")
        #expect(try served() != certificate(new))
        let outcome = try install(new, "--json")
        #expect(outcome.code == 0, "\(outcome)")
        #expect(try JSON.object(outcome.output)["outcome"] as? String == "installed")
        #expect(try served() == certificate(new))
        #expect(certificate(stack.folder["certs"]) == certificate(new))
        let metrics = Files.text("\(stack.state)/generations/current/metrics/certificate.prom")
        let end = try run(
            ["openssl", "x509", "-noout", "-enddate", "-dateopt", "iso_8601"], in: "/", input: certificate(new))
        let seconds = metrics.split(separator: "\n").last?.split(separator: " ").last.flatMap { Double($0) } ?? 0
        let day = Date(timeIntervalSince1970: seconds).ISO8601Format().replacing("T", with: " ")
        #expect(end.output.contains("notAfter=\(day)"), "\(metrics) \(end)")
        let up = try stack.careinit("up")
        #expect(up.code == 0 && up.text.contains("nothing has changed"), "\(up)")
        #expect(try served() == certificate(new))
        let again = try install(new)
        #expect(again.code == 0 && again.output.contains("already serves"), "\(again)")
        #expect(try stack.careinit("status").code == 0)
    }

    @Test func `a pair that does not fit never reaches nginx`() throws {
        let (before, generation) = (try served(), try inForce())
        let (one, other) = (try make("one"), try make("other"))
        let mixed = try run(
            [
                Programs.careinit, "certs", "install", "--cert", "\(one)/fullchain.pem", "--key",
                "\(other)/privkey.pem",
            ], in: stack.folder.path)
        #expect(mixed.code == 78 && mixed.error.contains("does not belong"), "\(mixed)")
        let stranger = try install(try make("stranger", host: "care.example"))
        #expect(stranger.code == 78 && stranger.error.contains("localhost"), "\(stranger)")
        try Files.write(Array(certificate(one).utf8.prefix(300)), to: "\(one)/fullchain.pem")
        #expect(try install(one).code == 78)
        #expect(try served() == before)
        #expect(try inForce() == generation)
    }

    @Test func `a pair that nginx does not come to serve is taken back`() throws {
        let (before, generation, new) = (try served(), try inForce(), try make("unserved"))
        let files = certificate(stack.folder["certs"])
        let master = try #require(try stack.processes(of: "nginx", ["nginx: master"]).first)
        // A master that does not look at its signals leaves the old workers at work.
        kill(master, SIGSTOP)
        let outcome = try install(new, "--timeout", "2")
        kill(master, SIGCONT)
        #expect(outcome.code == 1 && outcome.error.contains("the one before is in force again"), "\(outcome)")
        #expect(try served() == before)
        #expect(try inForce() == generation)
        #expect(certificate(stack.folder["certs"]) == files)
        #expect(try install(new).code == 0)
        #expect(try served() == certificate(new))
    }

    /// Kills at every call that changes a name or makes one last, one run after the other.
    @Test func `killed at any step, it leaves the old pair or the new, and the next run finishes`() throws {
        let pairs = [try make("even"), try make("odd")]
        try #require(try install(pairs[0]).code == 0)
        var step = 1
        var isWhole = false
        while !isWhole {
            let (old, new) = (pairs[(step + 1) % 2], pairs[step % 2])
            try #require(try served() == certificate(old))
            let outcome = try run(
                [
                    "strace", "--follow-forks", "--output", "/dev/null", "--trace", Self.calls, "--inject",
                    "\(Self.calls):signal=SIGKILL:when=\(step)", Programs.careinit, "certs", "install", "--from",
                    new,
                ], in: stack.folder.path)
            isWhole = outcome.code == 0
            #expect(isWhole || outcome.ending == .signalled(SIGKILL), "step \(step): \(outcome)")
            let seen = try served()
            #expect([certificate(old), certificate(new)].contains(seen), "step \(step)")
            #expect(isWhole ? seen == certificate(new) : true)
            let finish = try install(new)
            #expect(finish.code == 0, "step \(step): \(finish)")
            #expect(try served() == certificate(new), "step \(step)")
            #expect(certificate(stack.folder["certs"]) == certificate(new), "step \(step)")
            step += 1
        }
        #expect(step > 6, "no call was met: strace did not see what careinit does")
        #expect(try stack.careinit("up").code == 0)
        let own = Files.all(below: stack.folder.path).filter { !$0.hasPrefix("\(stack.state)/data/") }
        let left = own.filter { $0.hasSuffix(".next") || $0.hasSuffix(".tmp") }
        #expect(left.isEmpty)
    }

    private static let calls = "rename,renameat2,symlink,rmdir"
}
