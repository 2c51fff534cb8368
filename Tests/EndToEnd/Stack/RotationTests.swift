import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Secrets change in a stack that runs, and nobody notices but those who had the old ones.
@Suite(.serialized, .enabled(if: ScratchStack.isPossible), .sharedStack) struct RotationTests {
    let stack: ScratchStack
    /// Where each service listens.
    private let listeners: [String: String]

    init() throws {
        stack = try SharedStack.current
        listeners = try stack.listeners()
    }

    static let all = [
        "DB_PASSWORD", "REPLICATION_PASSWORD", "REDIS_PASSWORD", "JWT_SECRET", "JWT_REFRESH_SECRET",
        "ENCRYPTION_KEY", "GRAFANA_ADMIN_PASSWORD",
    ]
    private static let members = ["pg-1", "pg-2", "pg-3"]

    /// Those that the services have among themselves, and that are no names.
    private var own: [String] {
        let text = Files.text("\(stack.state)/secrets/internal.env")
        return ["MONITOR_PASSWORD", "PATRONI_REST_PASSWORD", "REDIS_ADMIN_PASSWORD"].compactMap {
            SettingsFiles.value(of: $0, in: text)
        }
    }

    func value(_ name: String) -> String { SettingsFiles.value(of: name, in: stack.settings) ?? "" }

    /// What logs in, as the settings have it.
    private struct Logins {
        var database: (user: String, password: String)
        var cache: (user: String, password: String)
    }

    private var logins: Logins {
        Logins(
            database: (value("DB_USERNAME"), value("DB_PASSWORD")),
            cache: (value("REDIS_USERNAME"), value("REDIS_PASSWORD")))
    }

    /// The options with which psql and redis-cli reach a service.
    private func target(_ service: String) throws -> [String] {
        let listener = try #require(listeners[service]).split(separator: ":").map(String.init)
        try #require(listener.count == 2)
        return ["-h", listener[0], "-p", listener[1]]
    }

    private func psql(_ user: String, _ password: String, member: String) throws -> Bool {
        let passfile = try stack.folder.write("*:*:*:*:\(password)\n", to: "pgpass-\(UUID().uuidString)")
        chmod(passfile, 0o600)
        defer { unlink(passfile) }
        let outcome = try run(
            ["env", "PGPASSFILE=\(passfile)", "psql", "-X", "-w", "-t"] + target(member)
                + ["-U", user, "-d", value("DB_NAME"), "-c", "SELECT 1"], in: "/")
        return outcome.code == 0
    }

    private func redis(_ user: String, _ password: String) throws -> Bool {
        let outcome = try run(
            ["redis-cli"] + target("redis"), in: "/", input: "AUTH \(user) \(password)\nPING\n")
        return outcome.output.contains("PONG")
    }

    /// Whether the logins are good everywhere.
    private func areGood(_ logins: Logins) throws -> [Bool] {
        try Self.members.map { try psql(logins.database.user, logins.database.password, member: $0) }
            + [try redis(logins.cache.user, logins.cache.password)]
    }

    func rotate(_ arguments: String...) throws -> Outcome {
        try run([Programs.careinit, "rotate-secrets"] + arguments, in: stack.folder.path, within: .seconds(200))
    }

    func expectSettled(_ place: String) throws {
        let up = try stack.careinit("up")
        #expect(up.code == 0 && up.text.contains("nothing has changed"), "\(place): \(up)")
        let status = try stack.careinit("status")
        #expect(status.code == 0, "\(place): \(status)")
    }

    // MARK: - Under load

    @Test func `every secret changes under load: no request fails, no token is refused, and none is told`() throws
    {
        let before = logins
        var values = Self.all.map(value) + own
        let load = try LoadRun(
            stack, seconds: 240, rate: 200,
            paths: [
                "/api/health", "/api/notes?resident_id={resident}&limit=20", "/api/residents?limit=20",
                "/api/residents/{resident}",
            ])
        let sessions = try SessionLoop(stack)
        try load.waitForWrites()
        let watch = ProcessWatch()
        let outcome = try rotate("--all", "--verbose")
        #expect(outcome.code == 0, "\(outcome)")
        // Retirements that wait come about, too, while tokens that the old keys signed are gone.
        let waiting = try rotate("--due", "--json")
        #expect(try (JSON.object(waiting.output)["waiting"] as? [Any])?.count == 3, "\(waiting)")
        let status = try later(days: 8) { try stack.careinit("status") }
        #expect(status.output.contains("due now"), "\(status)")
        load.stop()
        let (done, refused) = sessions.stop()
        #expect(done > 5 && refused.isEmpty, "\(done) \(refused)")
        let summary = try load.summary()
        #expect(summary["failed"] as? Int == 0, "\(summary)")
        #expect(try load.verify().code == 0)
        values += Self.all.map(value) + own
        #expect(Set(values).count == 2 * (Self.all.count + 3))
        #expect(try areGood(logins).allSatisfy { $0 })
        #expect(try !areGood(before).contains(true))
        try expectSettled("all")
        let canary = SecretCanary(values: values)
        let processes = watch.stop()
        #expect(processes.contains { $0.text.contains("rotate-secrets --all") })
        // What is told of a password, and Docker's client before it.
        #expect(processes.contains { $0.text.contains("psql -X ") })
        canary.expectUnseen(in: processes)
        let holders = try canary.holders(below: stack.folder.path)
        #expect(holders.contains(".careinit/secrets/rotation-values.env"))
        expectDocumented(holders)
        try expectDocumentedVolumes(canary)
        let retired = try retireEverything()
        try expectSettled("retired")
        #expect(!Files.text("\(stack.state)/secrets/rotation-values.env").contains("="))
        expectDocumented(try canary.holders(below: stack.folder.path))
        canary.expectUnseen(
            in: [("rotate-secrets", outcome.text), ("--due", waiting.text), ("retired", retired.text)]
                + (try said) + (StackRuntime.isNative ? [] : try stack.containerTexts()))
    }

    /// What every command that knows secrets says after that.
    private var said: [(place: String, text: String)] {
        get throws {
            try [
                ["up", "--verbose"], ["status"], ["status", "--json"], ["check", "--live"], ["diff"], ["logs"],
                ["audit", "show"], ["audit", "verify"], ["rotate-secrets", "--explain"],
                ["rotate-secrets", "--all", "--dry-run"], ["env", "restore", "--list"],
            ].map { words in
                (words.joined(separator: " "), try run([Programs.careinit] + words, in: stack.folder.path).text)
            }
        }
    }

    /// Old and new values stand in the `.env` and where docs/THREATS.md says, for nobody but their owner to read.
    private func expectDocumented(_ holders: [String]) {
        #expect(holders.contains(".env"))
        for path in holders {
            let isDocumented =
                path.hasPrefix(".env") || path.hasPrefix(".careinit/generations/")
                || [".careinit/secrets/rotation-values.env", ".careinit/secrets/internal.env"].contains(path)
                || path.hasPrefix(".careinit/data/pg-") && path.hasSuffix("/pgpass")
            #expect(isDocumented && Files.mode(stack.folder[path]) == 0o600, "\(path)")
        }
    }

    /// In containers the data lie with Docker, and of them only the passfile of each member holds one.
    private func expectDocumentedVolumes(_ canary: SecretCanary) throws {
        guard !StackRuntime.isNative else { return }
        var passfiles = 0
        for volume in try stack.volumeFolders() {
            for path in try canary.holders(below: volume) {
                #expect(path == "pgpass" && Files.mode("\(volume)/\(path)") == 0o600, "\(volume)/\(path)")
                passfiles += 1
            }
        }
        #expect(passfiles > 0)
    }

    /// Does something when so much time has gone by on careinit's clock.
    func later<Value>(days: Int, _ body: () throws -> Value) throws -> Value {
        let file = "\(stack.state)/run/test-clock-offset"
        try Files.write(Array("\(days * 86_400 + 3_600)".utf8), to: file)
        defer { unlink(file) }
        return try body()
    }

    /// A week and more goes by, and no backup is kept.
    @discardableResult
    func retireEverything(days: Int = 8) throws -> Outcome {
        let outcome = try later(days: days) { try rotate("--due", "--no-backups-need-it", "--json") }
        #expect(outcome.code == 0, "\(outcome)")
        #expect(try (JSON.object(outcome.output)["waiting"] as? [Any])?.isEmpty == true, "\(outcome)")
        return outcome
    }

    // MARK: - Killed

    /// At every boundary that the engine has, one after the other, under load; in containers, where a round takes twenty seconds,
    /// at the first boundary of each phase and at the last one. `CARE_EVERY_STEP` has it be every one there, too.
    @Test func `killed at every step, it goes on to its end, and the old secrets die when they should`() throws {
        // Not JWT_SECRET: the clock is moved for careinit alone, and the load goes on with one token.
        let names = [
            "DB_PASSWORD", "REPLICATION_PASSWORD", "REDIS_PASSWORD", "JWT_REFRESH_SECRET", "ENCRYPTION_KEY",
        ]
        let plan = try run([Programs.careinit, "rotate-secrets", "--dry-run"] + names, in: stack.folder.path)
        let phases = plan.output.split(separator: "\n").filter { $0.hasPrefix("[") }
            .map { $0.split(separator: " ")[1] }
        try #require(phases.count > 12)
        let isShort = !StackRuntime.isNative && getenv("CARE_EVERY_STEP") == nil
        let steps = phases.indices.filter { step in
            !isShort || step == 0 || step == phases.count - 1 || phases[step] != phases[step - 1]
        }
        try #require(steps.count >= 6)
        let load = try LoadRun(stack, seconds: 1_500, rate: 30)
        try load.waitForWrites()
        for step in steps.map({ $0 + 1 }) {
            let before = logins
            try killed(at: step, names)
            // Whatever was done, what the settings name is good.
            #expect(try areGood(logins).allSatisfy { $0 }, "step \(step)")
            let outcome = try rotate("--resume", "--quiet")
            #expect(outcome.code == 0, "step \(step): \(outcome)")
            #expect(logins.database.user != before.database.user, "step \(step)")
            #expect(try areGood(logins).allSatisfy { $0 } && !areGood(before).contains(true), "step \(step)")
            try retireEverything()
        }
        try expectSettled("killed")
        load.stop()
        let summary = try load.summary()
        #expect(summary["failed"] as? Int == 0, "\(summary)")
        #expect(try load.verify().code == 0)
    }

    private func killed(at step: Int, _ names: [String]) throws {
        try Files.write(Array("\(step)".utf8), to: "\(stack.state)/run/test-kill-at")
        defer { unlink("\(stack.state)/run/test-kill-at") }
        let outcome = try run(
            [Programs.careinit, "rotate-secrets", "--quiet"] + names, in: stack.folder.path, within: .seconds(200))
        try #require(outcome.ending == .signalled(SIGKILL), "step \(step): \(outcome)")
        // Nothing new can be begun.
        #expect(try rotate("--all").code == 1)
    }

    /// What runs in a container goes on when the careinit that began it is killed.
    @Test func `notes that are still being encrypted anew for an earlier careinit are waited for`() throws {
        let token = try stack.token()
        let resident = try stack.resident(token: token)
        let note = try stack.post("Ate well.", resident: resident, key: UUID().uuidString, token: token)
        try #require(note.status == 201)
        let leader = try #require(try stack.members().first { $0["Role"] == "Leader" }?["Member"])
        // The lock that carenotes reencrypt holds ("careseal" in ASCII).
        let psql = ["psql", "-At", "-d", value("DB_NAME")]
        let lock = "SELECT pg_advisory_lock(x'636172657365616c'::bigint), pg_sleep(15)"
        let other = try RunningProcess(
            [Programs.careinit, "exec", leader, "--"] + psql + ["-c", lock], .init(folder: stack.folder.path))
        let count = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        try eventually("the lock") {
            let held = try stack.careinit("exec", leader, "--", psql[0], psql[1], psql[2], psql[3], "-c", count)
            return held.output == "1\n" ? true : nil
        }
        let outcome = try rotate("ENCRYPTION_KEY", "--quiet")
        #expect(outcome.code == 0, "\(outcome)")
        #expect(try other.outcome().code == 0)
        try retireEverything()
    }

    @Test func `taken back, the secrets of before are in use again, and the new ones are dead`() throws {
        let before = stack.settings
        let old = logins
        try killed(at: 7, ["DB_PASSWORD", "REDIS_PASSWORD"])
        #expect(stack.settings != before)
        let new = logins
        let outcome = try rotate("--rollback", "--json")
        #expect(try JSON.object(outcome.output)["outcome"] as? String == "rolled-back", "\(outcome)")
        #expect(stack.settings == before)
        #expect(try areGood(old).allSatisfy { $0 })
        #expect(try !areGood(new).contains(true))
        try expectSettled("taken back")
    }

    // MARK: - Refused

    @Test func `what somebody has begun to change by hand is not carried out by a rotation`() throws {
        let before = stack.settings
        try Files.write(
            Array(SettingsFiles.replacing("LOG_LEVEL", by: "LOG_LEVEL=debug", in: before).utf8),
            to: stack.folder[".env"])
        let outcome = try rotate("DB_PASSWORD")
        try Files.write(Array(before.utf8), to: stack.folder[".env"])
        #expect(outcome.code == 78 && outcome.error.contains("app-1"), "\(outcome)")
        #expect(try rotate("--resume", "--json").output.contains("\"nothing\""))
    }

    @Test(arguments: [
        [], ["--all", "--due"], ["NO_SUCH"], ["DB_PASSWORD", "--resume"], ["--older-than", "soon"],
    ])
    func `a command line that says nothing, or two things, is refused`(_ words: [String]) throws {
        let outcome = try run([Programs.careinit, "rotate-secrets"] + words, in: stack.folder.path)
        #expect(outcome.code == 64, "\(outcome)")
    }
}

/// Nothing runs: only the settings can change.
@Suite(.enabled(if: ScratchStack.isPossible)) struct RotationAtRestTests {
    @Test func `without a running stack only .env changes, and not what stored data depend on`() throws {
        let folder = try ScratchFolder()
        try SettingsFiles.provision(in: folder)
        func rotate(_ name: String) throws -> Outcome {
            try run([Programs.careinit, "rotate-secrets", name], in: folder.path)
        }
        let before = Files.text(folder[".env"])
        let unmade = try rotate("MONITOR_PASSWORD")
        #expect(unmade.code == 66 && unmade.error.contains("careinit up"), "\(unmade)")
        let explained = try rotate("--explain")
        #expect(
            explained.code == 0
                && missing(["DB_PASSWORD", "SMTP_PASS", "ETCD_CERTIFICATES", "TLS_KEY"], in: explained.output)
                    == []
        )
        let plain = try rotate("JWT_SECRET")
        #expect(plain.code == 0 && plain.output.contains("careinit up"), "\(plain)")
        let after = Files.text(folder[".env"])
        let changed = zip(before.split(separator: "\n"), after.split(separator: "\n")).filter { $0 != $1 }
        #expect(changed.count == 1 && changed[0].1.hasPrefix("JWT_SECRET="))
        #expect(Files.mode(folder[".env"]) == 0o600)
        let data = folder[".careinit/data/pg-1/pgdata"]
        #expect(try run(["mkdir", "-p", data], in: "/").code == 0)
        try Files.write(Array("15\n".utf8), to: "\(data)/PG_VERSION")
        let bound = try rotate("DB_PASSWORD")
        #expect(bound.code == 69 && bound.error.contains("careinit up"), "\(bound)")
        #expect(Files.text(folder[".env"]) == after)
    }

    @Test(arguments: [
        ["NO_SUCH"], ["DB_PASSWORD", "--all"], ["DB_PASSWORD"], ["--all"], ["--older-than", "90d"], ["--due"],
        ["--resume"], ["--rollback"], ["--all", "--dry-run"], ["SMTP_PASS", "--value-file", "-"],
    ])
    func `in a folder without a .env everything is refused, and nothing is left there`(_ words: [String]) throws {
        let folder = try ScratchFolder()
        let outcome = try run([Programs.careinit, "rotate-secrets"] + words, in: folder.path, input: "new\n")
        #expect([64, 66].contains(outcome.code), "\(outcome)")
        #expect((outcome.code == 64) == (words.contains("NO_SUCH") || words == ["DB_PASSWORD", "--all"]))
        #expect(Files.names(in: folder.path) == [])
    }
}
