import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What only containers can do wrong, on the same running stack.
extension RunningStackTests {
    private static let isNative = StackRuntime.isNative
    private static let services = [
        "etcd", "redis", "pg-1", "pg-2", "pg-3", "app-1", "app-2", "app-3", "nginx", "prometheus", "alertmanager",
        "node-exporter", "pg-exporter-1", "pg-exporter-2", "pg-exporter-3", "redis-exporter",
    ]

    @Test(.disabled(if: isNative, "natively there is no container"))
    func `a replica that is recreated under load fails no request`() throws {
        let before = try stack.docker("inspect", "--format", "{{.Id}}", stack.container("app-2")).output
        let load = try LoadRun(stack, seconds: 15)
        try load.waitForWrites()
        let file = "\(stack.state)/run/docker-compose.ha.yml"
        let recreate = try stack.docker(
            "compose", "--file", file, "up", "-d", "--no-deps", "--force-recreate", "app-2")
        #expect(recreate.code == 0, "\(recreate)")
        let summary = try load.summary()
        #expect(summary["failed"] as? Int == 0, "\(summary)")
        #expect(try load.verify().code == 0)
        #expect(try stack.docker("inspect", "--format", "{{.Id}}", stack.container("app-2")).output != before)
        _ = try eventually("healthy") { try stack.careinit("status").code == 0 ? true : nil }
    }

    @Test(.disabled(if: isNative, "natively there is no container"))
    func `SIGKILL of the leader's whole container loses no acknowledged note, and notes are written again`() throws
    {
        let leader = try #require(try stack.members().first { $0["Role"] == "Leader" }?["Member"])
        let token = try stack.token()
        let resident = try stack.resident(token: token)
        let load = try LoadRun(stack, seconds: 40)
        try load.waitForWrites()
        #expect(kill(try stack.containerProcess(leader), SIGKILL) == 0)
        let note = try eventually("a note that is written again") {
            let reply = try stack.post(
                "Ate well.", resident: resident, key: UUID().uuidString, token: token)
            return reply.status == 201 ? reply : nil
        }
        #expect(note.status == 201)
        let summary = try load.summary()
        let verdict = try load.verify()
        #expect(verdict.code == 0, "\(verdict)\n\(summary)")
        let status = try eventually("healthy", within: .seconds(120)) {
            let status = try stack.careinit("status")
            return status.code == 0 ? status : nil
        }
        #expect(status.output.contains("restart"), "\(status)")
    }

    /// Docker's own way of a machine that is gone: no packet is refused, none is answered.
    @Test(.disabled(if: isNative, "natively there is no container"))
    func `reads go on while the leader's container is away, and notes are written again without it`() throws {
        let leader = try #require(try stack.members().first { $0["Role"] == "Leader" }?["Member"])
        let token = try stack.token()
        let resident = try stack.resident(token: token)
        let reads = try LoadRun(
            stack, seconds: 45, rate: 20, writes: false,
            paths: ["/api/health", "/api/notes?resident_id=\(resident)"])
        let writes = try LoadRun(stack, seconds: 45)
        try writes.waitForWrites()
        try stack.docker("kill", stack.container(leader))
        let note = try eventually("a note that is written again", within: .seconds(90)) {
            let reply = try stack.post("Slept.", resident: resident, key: UUID().uuidString, token: token)
            return reply.status == 201 ? reply : nil
        }
        #expect(note.status == 201)
        let (read, written) = (try reads.summary(), try writes.summary())
        try stack.docker("start", stack.container(leader))
        #expect(read["failed"] as? Int == 0 && (read["reads"] as? Int ?? 0) > 500, "\(read)")
        let verdict = try writes.verify()
        #expect(verdict.code == 0, "\(verdict)\n\(written)")
        _ = try eventually("healthy", within: .seconds(120)) {
            try stack.careinit("status").code == 0 ? true : nil
        }
    }

    @Test(.disabled(if: isNative, "natively there is no container"))
    func `no container can write to its image, gain a privilege or run as root, and each has its limits`() throws {
        for service in Self.services {
            let outcome = try stack.docker("inspect", stack.container(service))
            let all = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]]
            let host = try #require(all?.first?["HostConfig"] as? [String: Any], "\(service)")
            let settings = try #require(all?.first?["Config"] as? [String: Any])
            #expect(host["ReadonlyRootfs"] as? Bool == true, "\(service)")
            #expect(host["CapDrop"] as? [String] == ["ALL"] && host["Privileged"] as? Bool == false, "\(service)")
            #expect((host["SecurityOpt"] as? [String])?.contains("no-new-privileges:true") == true, "\(service)")
            #expect((host["Memory"] as? Int ?? 0) > 0 && (host["NanoCpus"] as? Int ?? 0) > 0, "\(service)")
            #expect((settings["User"] as? String).map { !$0.isEmpty && !$0.hasPrefix("0") } == true, "\(service)")
            let log = host["LogConfig"] as? [String: Any]
            #expect((log?["Config"] as? [String: String])?["max-size"] == "10m", "\(service)")
        }
    }

    @Test(.disabled(if: isNative, "natively there is no container"))
    func `nothing but nginx and the monitoring listens outside of the private network`() throws {
        for service in Self.services {
            let ports = try stack.docker("port", stack.container(service)).output
            switch service {
            case "nginx", "prometheus", "alertmanager": #expect(ports.contains("127.0.0.1:"), "\(service)")
            default: #expect(ports.isEmpty, "\(service): \(ports)")
            }
        }
    }

    @Test(.disabled(if: isNative, "natively there is no container"))
    func `Docker's check of Redis fails on a wrong password, and with the right one does not`() throws {
        let inspect = try stack.docker(
            "inspect", "--format", "{{index .Config.Healthcheck.Test 1}}", stack.container("redis"))
        let test = inspect.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let good = try stack.docker("exec", stack.container("redis"), "sh", "-c", test)
        #expect(good.code == 0, "\(good)")
        // The same question with another file's text for the password.
        let other = test.replacing("/etc/careinit/generations/current/redis/admin.password", with: "/etc/hostname")
        try #require(other != test)
        let bad = try stack.docker("exec", stack.container("redis"), "sh", "-c", other)
        #expect(bad.code != 0, "\(bad)")
    }

    @Test(.disabled(if: isNative, "natively there is no container"))
    func `no secret is in docker inspect, docker history, or what containers say`() throws {
        let names = [
            "DB_PASSWORD", "REPLICATION_PASSWORD", "REDIS_PASSWORD", "JWT_SECRET", "JWT_REFRESH_SECRET",
            "ENCRYPTION_KEY", "GRAFANA_ADMIN_PASSWORD",
        ]
        let own = Files.text("\(stack.state)/secrets/internal.env").split(separator: "\n").filter {
            !$0.hasPrefix("#")
        }
        let secrets =
            names.map { (name: $0, value: SettingsFiles.value(of: $0, in: stack.settings) ?? "") }
            + own.map { (name: String($0.prefix { $0 != "=" }), value: String($0.drop { $0 != "=" }.dropFirst())) }
        #expect(secrets.count > 12 && secrets.allSatisfy { $0.value.utf8.count >= 32 })
        var places = [("the Compose file", Files.text("\(stack.state)/run/docker-compose.ha.yml"))]
        for service in Self.services {
            let container = stack.container(service)
            let image = try stack.docker("inspect", "--format", "{{.Image}}", container).output.filter {
                $0 != "\n"
            }
            for arguments in [
                ["inspect", container], ["logs", container], ["top", container], ["image", "inspect", image],
            ] {
                let outcome = try run(["docker"] + arguments, in: "/")
                places.append(("docker \(arguments.joined(separator: " "))", outcome.text))
            }
            let history = try stack.docker("history", "--no-trunc", image)
            #expect(history.code == 0)
            places.append(("docker history of \(service)", history.text))
        }
        #expect(
            places.count == 1 + 5 * Self.services.count
                && places.allSatisfy { !$0.1.isEmpty || $0.0.contains("logs") })
        for (place, text) in places {
            for secret in secrets where text.contains(secret.value) {
                Issue.record("\(secret.name) stands in \(place)")
            }
        }
    }

    @Test(.disabled(if: isNative, "natively there is no container"))
    func `another runtime would leave the notes behind, and is refused`() throws {
        let outcome = try stack.careinit("up", "--runtime", "native")
        #expect(outcome.code == 78 && outcome.error.contains("--runtime compose"), "\(outcome)")
        #expect(try stack.careinit("status").code == 0)
    }
}
