import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The secrets that the services have among themselves change while everything runs, and the old ones are dead afterwards.
@Suite(.serialized, .enabled(if: ScratchStack.isPossible && StackRuntime.isNative), .sharedStack)
struct OwnSecretsRotationTests {
    let stack: ScratchStack

    init() throws { stack = try SharedStack.current }

    private static let names = [
        "MONITOR_PASSWORD", "PATRONI_REST_PASSWORD", "REDIS_ADMIN_PASSWORD", "ETCD_CERTIFICATES",
    ]

    /// What careinit keeps, as `NAME=value`.
    private var own: [String: String] {
        let lines = Files.text("\(stack.state)/secrets/internal.env").split(separator: "\n")
        return lines.reduce(into: [:]) { result, line in
            let parts = line.split(separator: "=", maxSplits: 1)
            if parts.count == 2 { result[String(parts[0])] = String(parts[1]) }
        }
    }

    private func value(_ name: String) -> String { SettingsFiles.value(of: name, in: stack.settings) ?? "" }

    private var members: [String] { ["DB_HOST", "DB_REPLICA_1_HOST", "DB_REPLICA_2_HOST"].map(value) }

    // MARK: - Who is let in

    /// Whether each of these secrets opens what it is for, by name; `folder` holds the certificate and key of etcd's client.
    private func doors(_ own: [String: String], etcd folder: String) throws -> [String: [Bool]] {
        [
            "MONITOR_PASSWORD": try members.map { try logsIn(own, $0) },
            "PATRONI_REST_PASSWORD": try members.map { try commands(own["PATRONI_REST_PASSWORD"] ?? "", $0) },
            "REDIS_ADMIN_PASSWORD": [try asks(own["REDIS_ADMIN_PASSWORD"] ?? "")],
            "ETCD_CERTIFICATES": [try reads(folder)],
        ]
    }

    private func logsIn(_ own: [String: String], _ member: String) throws -> Bool {
        let line = "*:*:*:*:\(own["MONITOR_PASSWORD"] ?? "")\n"
        let passfile = try stack.folder.write(line, to: "pgpass-\(UUID().uuidString)")
        chmod(passfile, 0o600)
        defer { unlink(passfile) }
        return try run(
            [
                "env", "PGPASSFILE=\(passfile)", "psql", "-X", "-w", "-h", member, "-p",
                "\(stack.port("DB_PORT"))",
                "-U", own["MONITOR_USERNAME"] ?? "", "-d", "postgres", "-c", "SELECT 1",
            ], in: "/"
        ).code == 0
    }

    private func commands(_ password: String, _ member: String) throws -> Bool {
        let outcome = try run(
            [
                "curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "-X", "POST", "-K", "-",
                "http://\(member):\(stack.port("PATRONI_PORT"))/reload",
            ], in: "/", input: "user = \"patroni:\(password)\"\n")
        return outcome.output == "202"
    }

    private func asks(_ password: String) throws -> Bool {
        try run(
            ["redis-cli", "-h", value("REDIS_HOST"), "-p", "\(stack.port("REDIS_PORT"))"], in: "/",
            input: "AUTH careinit \(password)\nPING\n"
        ).output.contains("PONG")
    }

    /// As a client of etcd; whom that trusts is the other test's business.
    private func reads(_ folder: String) throws -> Bool {
        try run(
            [
                "curl", "-s", "-k", "--max-time", "5", "--cert", "\(folder)/client.pem", "--key",
                "\(folder)/client.key", "-X", "POST", "-d", "{\"key\":\"AA==\"}",
                "https://127.0.0.1:\(stack.port("ETCD_CLIENT_PORT"))/v3/kv/range",
            ], in: "/"
        ).output.contains("cluster_id")
    }

    /// A copy of the certificate and key with which the first member goes to etcd now.
    private func keepClient() throws -> String {
        let folder = stack.folder["client-\(UUID().uuidString)"]
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["client.pem", "client.key"] {
            let bytes = Files.read("\(stack.state)/generations/current/pg-1/\(name)")
            try Files.write(Array(bytes), to: "\(folder)/\(name)")
        }
        return folder
    }

    private func expect(_ doors: [String: [Bool]], open: Bool, _ place: String) {
        for (name, answers) in doors { #expect(!answers.contains(!open), "\(place): \(name) \(answers)") }
    }

    private func rotate(_ arguments: [String]) throws -> Outcome {
        try run([Programs.careinit, "rotate-secrets"] + arguments, in: stack.folder.path, within: .seconds(200))
    }

    // MARK: - Tests

    @Test func `under load each changes without a failed request, and the old one opens nothing`() throws {
        let (before, client) = (own, try keepClient())
        expect(try doors(before, etcd: client), open: true, "before")
        let load = try LoadRun(stack, seconds: 240, rate: 200)
        try load.waitForWrites()
        for name in Self.names {
            let outcome = try rotate([name])
            #expect(outcome.code == 0, "\(outcome)")
        }
        load.stop()
        let summary = try load.summary()
        #expect(summary["failed"] as? Int == 0, "\(summary)")
        #expect(try load.verify().code == 0)
        expect(try doors(before, etcd: client), open: false, "the old ones")
        expect(try doors(own, etcd: try keepClient()), open: true, "the new ones")
        #expect(Self.names.allSatisfy { own[$0] != before[$0] } && own["SALT"] == before["SALT"])
        let kept = Files.all(below: "\(stack.state)/secrets").filter { $0.contains("/etcd-") }
        #expect(kept.count == 3 && kept.allSatisfy { $0.contains(own["ETCD_CERTIFICATES"] ?? "-") }, "\(kept)")
        let up = try stack.careinit("up")
        #expect(up.code == 0 && up.text.contains("nothing has changed"), "\(up)")
    }

    @Test func `killed at every step, each is changed in the end, and until then the one in use opens everything`()
        throws
    {
        let steps = try rotate(["--dry-run"] + Self.names).output.split(separator: "\n").count {
            $0.hasPrefix("[")
        }
        try #require(steps > 10)
        let load = try LoadRun(stack, seconds: 1_500, rate: 30)
        try load.waitForWrites()
        for step in 1...steps {
            let (before, client) = (own, try keepClient())
            try Files.write(Array("\(step)".utf8), to: "\(stack.state)/run/test-kill-at")
            let killed = try rotate(["--quiet"] + Self.names)
            unlink("\(stack.state)/run/test-kill-at")
            try #require(killed.ending == .signalled(SIGKILL), "step \(step): \(killed)")
            // An exporter that was just started is not yet counted as running.
            _ = try eventually("step \(step): a healthy stack") {
                try stack.careinit("status").code == 0 ? true : nil
            }
            let resumed = try rotate(["--resume", "--quiet"])
            #expect(resumed.code == 0, "step \(step): \(resumed)")
            expect(try doors(before, etcd: client), open: false, "step \(step), the old ones")
            expect(try doors(own, etcd: try keepClient()), open: true, "step \(step), the new ones")
        }
        let up = try stack.careinit("up")
        #expect(up.code == 0 && up.text.contains("nothing has changed"), "\(up)")
        load.stop()
        let summary = try load.summary()
        #expect(summary["failed"] as? Int == 0, "\(summary)")
        #expect(try load.verify().code == 0)
    }

    @Test func `PostgreSQL's superuser has no password, and only the account that runs it is let in`() throws {
        let password = try run(
            [
                Programs.careinit, "exec", "pg-1", "psql", "-Atc",
                "SELECT rolpassword IS NULL, rolname FROM pg_authid WHERE rolsuper",
            ],
            in: stack.folder.path)
        #expect(password.output == "t|postgres\n", "\(password)")
        // Root is another account than the one that runs it; without root there is but one.
        let sockets = Privileges.isRoot ? ["\(stack.state)/run/pg-1"] : []
        for host in sockets + members {
            let outcome = try run(
                [
                    "psql", "-X", "-w", "-h", host, "-p", "\(stack.port("DB_PORT"))", "-U", "postgres", "-d",
                    "postgres", "-c", "SELECT 1",
                ],
                in: "/")
            #expect(outcome.code != 0, "\(host): \(outcome)")
        }
    }
}
