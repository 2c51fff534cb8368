import Foundation
import Testing

/// `careinit render`: the files of a stack, and nothing that runs.
@Suite struct RenderTests {
    private static func provisioned(_ body: (ScratchFolder) throws -> Void) throws {
        let folder = try ScratchFolder()
        let network = "CONTAINER_NETWORK=10.\(Int.random(in: 192...253)).\(Int.random(in: 0...255)).0"
        let port = Int(try Ports.freeRun(of: 4))
        let ports = [
            "HTTP_PORT": port, "HTTPS_PORT": port + 1, "PROMETHEUS_PORT": port + 2, "ALERTMANAGER_PORT": port + 3,
        ]
        let sets = ports.flatMap { ["--set", "\($0.key)=\($0.value)"] } + ["--set", network]
        let outcome = try run(
            [Programs.careinit, "provision", "--profile", "local", "--no-input"] + sets, in: folder.path)
        try #require(outcome.code == 0, "\(outcome)")
        try body(folder)
    }

    @Test func `natively it writes every service's files and supervisord's, and starts nothing`() throws {
        try Self.provisioned { folder in
            let outcome = try careinit("render", "--runtime", "native", "--output", "out", in: folder.path)
            #expect(outcome.code == 0 && outcome.output.contains("nothing was started"), "\(outcome)")
            let files = Files.all(below: folder["out"]).map { String($0.dropFirst(folder["out"].count + 1)) }
            let wanted = [
                "supervisord.conf", "nginx/nginx.conf", "pg-3/patroni.yml", "redis/users.acl",
                "app-1/carenotes.env",
            ]
            #expect(Set(wanted).isSubset(of: files), "\(files)")
            #expect(
                Files.all(below: folder["out"]).filter { !$0.hasSuffix("supervisord.conf") }.allSatisfy {
                    Files.mode($0) == 0o600
                })
            #expect(ProcessEntry.belonging(to: folder.path).isEmpty)
            #expect(!Files.exists(folder[".careinit/generations/current"]))
            // Once more over the same folder, and never over another's.
            #expect(try careinit("render", "--output", "out", in: folder.path).code == 0)
            try #require(try run(["mkdir", "other"], in: folder.path).code == 0)
            try folder.write("mine\n", to: "other/notes.txt")
            let refused = try careinit("render", "--output", "other", in: folder.path)
            #expect(refused.code == 73 && refused.error.contains("something else"), "\(refused)")
            #expect(try careinit("render", in: folder.path).code == 64)
            #expect(try careinit("render", "--runtime", "swarm", "--output", "x", in: folder.path).code == 64)
        }
    }

    @Test(.enabled(if: Privileges.isRoot, "only root can give files to the users in containers"))
    func `for Compose each secret is a file of its container's user, and none stands in the YAML`() throws {
        try Self.provisioned { folder in
            let outcome = try careinit("render", "--runtime", "compose", "--output", "out", in: folder.path)
            #expect(outcome.code == 0, "\(outcome)")
            let yaml = Files.text(folder["out/docker-compose.ha.yml"])
            let settings = Files.text(folder[".env"])
            for name in ["DB_PASSWORD", "REPLICATION_PASSWORD", "REDIS_PASSWORD", "JWT_SECRET", "ENCRYPTION_KEY"] {
                let value = try #require(SettingsFiles.value(of: name, in: settings))
                #expect(value.count >= 32 && !yaml.contains(value), "\(name)")
            }
            for (file, owner) in [
                ("app-2/carenotes.env", 61005), ("pg-1/patroni.yml", 61001), ("nginx/privkey.pem", 61004),
            ] {
                let stat = try run(["stat", "--format", "%u %g %a", folder["out/\(file)"]], in: "/")
                #expect(stat.output == "\(owner) \(owner) 600\n", "\(file): \(stat)")
            }
            if Privileges.canChangeUser {
                let other = try careinit(
                    "render", "--runtime", "compose", "--env-file", folder[".env"], "--output", "/tmp", in: "/",
                    as: Privileges.nobody)
                #expect(other.code != 0)
            }
        }
    }

    @Test(
        .enabled(if: !StackRuntime.isNative && ScratchStack.isPossible, "CARE_RUNTIME=compose, and an engine"))
    func `by hand, docker compose starts it to healthy, starts what has new files anew, and takes it down`() throws
    {
        try ScratchStack.images.get()
        try Self.provisioned { folder in
            try #require(
                try careinit("render", "--runtime", "compose", "--output", "out", in: folder.path).code == 0)
            func compose(_ words: String...) throws -> Outcome {
                let file = folder["out/docker-compose.ha.yml"]
                return try run(["docker", "compose", "--file", file] + words, in: "/", within: .seconds(240))
            }
            defer { _ = try? compose("down", "--volumes") }
            let config = try compose("config", "--quiet")
            #expect(config.code == 0 && config.text.isEmpty, "\(config)")
            let up = try compose("up", "--detach", "--wait", "--wait-timeout", "200")
            #expect(up.code == 0, "\(up)")
            let origin = try #require(SettingsFiles.value(of: "APP_URL", in: Files.text(folder[".env"])))
            let health = [
                "curl", "--silent", "--fail", "--cacert", folder["certs/fullchain.pem"],
                "\(origin)/api/health/ready",
            ]
            #expect(try run(health, in: "/").code == 0)
            let before = try compose("ps", "--quiet", "prometheus").output
            let change = SettingsFiles.replacing(
                "PROMETHEUS_RETENTION_TIME", by: "PROMETHEUS_RETENTION_TIME=9d", in: Files.text(folder[".env"]))
            try folder.write(change, to: ".env")
            try #require(
                try careinit("render", "--runtime", "compose", "--output", "out", in: folder.path).code == 0)
            #expect(try compose("up", "--detach").code == 0)
            #expect(try compose("ps", "--quiet", "prometheus").output != before)
            #expect(try run(health, in: "/").code == 0)
            #expect(try compose("down", "--volumes").code == 0)
        }
    }
}
