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
        let (new, old) = (try make("new"), try served())
        #expect(old != certificate(new))
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
        let before = try #require(try JSON.object(outcome.output)["previous_generation"] as? Int)
        let back = try install("\(stack.state)/generations/\(before)/nginx")
        #expect(back.code == 0 && back.output.contains("keeps the one before"), "\(back)")
        #expect(try served() == old)
        #expect(try install(new).code == 0)
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

    /// Kills at every call that changes a name or tells a server, one run after the other; for a report of
    /// `scripts/prove`, at those that make files last and take old ones away, too.
    @Test func `killed at any step, it leaves the old pair or the new, and the next run finishes`() throws {
        let pairs = Pairs(one: try make("even"), other: try make("odd"))
        try #require(try install(pairs.one).code == 0)
        let tallies = try Self.calls.map { try killAtEach($0.name, pairs, limit: $0.limit) }
        #expect(tallies.map(\.kills).reduce(0, +) > 8, "no call was met: strace did not see what careinit does")
        #expect(tallies.allSatisfy { $0.call != "rename" || $0.kills > 0 })
        #expect(try stack.careinit("up").code == 0)
        let own = Files.all(below: stack.folder.path).filter { !$0.hasPrefix("\(stack.state)/data/") }
        let left = own.filter { $0.hasSuffix(".next") || $0.hasSuffix(".tmp") }
        #expect(left.isEmpty)
        try report(tallies)
    }

    /// What is served, and what comes next.
    private final class Pairs {
        var one: String
        var other: String

        init(one: String, other: String) { (self.one, self.other) = (one, other) }

        func swap() { (one, other) = (other, one) }
    }

    private struct Tally {
        var call: String
        var kills = 0
        /// After how many of them the old pair was still served.
        var old = 0
    }

    /// strace counts each call for itself: the first of a kind, the second, until a run meets no more of them.
    private func killAtEach(_ call: String, _ pairs: Pairs, limit: Int) throws -> Tally {
        var tally = Tally(call: call)
        while tally.kills < limit {
            let (old, new) = (certificate(pairs.one), certificate(pairs.other))
            try #require(try served() == old)
            let step = tally.kills + 1
            let outcome = try run(
                [
                    "strace", "--output", "/dev/null", "--trace", call, "--inject",
                    "\(call):signal=SIGKILL:when=\(step)", Programs.careinit, "certs", "install", "--from",
                    pairs.other,
                ], in: stack.folder.path)
            let isWhole = outcome.code == 0
            try #require(isWhole || outcome.ending == .signalled(SIGKILL), "\(call) \(step): \(outcome)")
            let seen = try served()
            #expect(isWhole ? seen == new : [old, new].contains(seen), "\(call) \(step)")
            let finish = try install(pairs.other)
            #expect(finish.code == 0, "\(call) \(step): \(finish)")
            #expect(try served() == new, "\(call) \(step)")
            #expect(certificate(stack.folder["certs"]) == new, "\(call) \(step)")
            pairs.swap()
            if isWhole { return tally }
            tally.kills += 1
            tally.old += seen == old ? 1 : 0
        }
        return tally
    }

    private func report(_ tallies: [Tally]) throws {
        let rows = tallies.map { tally in
            "| \(tally.call) | \(tally.kills) | \(tally.old) | \(tally.kills - tally.old) | 0 | \(tally.kills) |"
        }
        try ProofReport.append(
            [
                "## `careinit certs install`, killed at each step", "",
                "strace sends SIGKILL at the first, second, … call of each kind, until a run meets no more of them (of rmdir and"
                    + " unlink, which take old generations away, the first four); every kill is a run of its own on a stack"
                    + " that serves.", "",
                "| call | kills | the old pair served | the new pair served | something else | the next run finished |",
                "|---|---|---|---|---|---|",
            ] + rows + [""], to: "CARE_RENEWAL_REPORT")
    }

    /// Of those that take old generations away, only the first: what a kill leaves of them, the next run has to take away.
    private static let calls =
        [("rename", 100), ("renameat2", 100), ("symlink", 100), ("connect", 100), ("rmdir", 4)].map(Kind.init)
        + (getenv("CARE_RENEWAL_REPORT") == nil
            ? [] : [("mkdir", 40), ("fsync", 100), ("unlink", 4)].map(Kind.init))

    private struct Kind {
        var name: String
        var limit: Int
    }
}
