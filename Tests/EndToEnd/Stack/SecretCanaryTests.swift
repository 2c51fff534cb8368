import Testing

extension RunningStackTests {
    /// Where no secret of the `.env` may ever stand.
    @Test func `no secret is in any output, log, command line or environment`() throws {
        let names = [
            "DB_PASSWORD", "REPLICATION_PASSWORD", "REDIS_PASSWORD", "JWT_SECRET", "JWT_REFRESH_SECRET",
            "ENCRYPTION_KEY", "GRAFANA_ADMIN_PASSWORD",
        ]
        let settings = stack.settings
        let secrets = names.map { (name: $0, value: SettingsFiles.value(of: $0, in: settings) ?? "") }
        #expect(secrets.allSatisfy { $0.value.utf8.count >= 32 })

        var places: [(place: String, text: String)] = []
        for arguments in [
            ["up"], ["status"], ["status", "--json"], ["check"], ["logs"], ["provision", "--dry-run"],
        ] {
            let outcome = try run([Programs.careinit] + arguments, in: stack.folder.path)
            places.append(("careinit \(arguments.joined(separator: " "))", outcome.text))
        }
        for path in Files.all(below: "\(stack.state)/logs") { places.append((path, Files.text(path))) }
        var processes = ProcessEntry.belonging(to: stack.state)
        if !StackRuntime.isNative {
            for service in ["pg-1", "pg-2", "pg-3", "app-1", "app-2", "app-3", "redis", "etcd", "nginx"] {
                processes += ProcessEntry.descendants(of: try stack.containerProcess(service))
            }
        }
        #expect(processes.count > 12)
        for process in processes {
            places.append(("the command line of \(process)", process.commandLine))
            places.append(("the environment of \(process)", process.environment))
        }
        for (place, text) in places {
            for secret in secrets where text.contains(secret.value) {
                Issue.record("\(secret.name) stands in \(place)")
            }
        }
    }

    /// What holds a secret is for its service alone.
    @Test func `every file of the stack with a secret is 0600`() throws {
        let secrets = ["DB_PASSWORD", "REPLICATION_PASSWORD", "REDIS_PASSWORD", "JWT_SECRET", "ENCRYPTION_KEY"]
            .compactMap { SettingsFiles.value(of: $0, in: stack.settings) }
        let holders = Files.all(below: "\(stack.state)/generations").filter { path in
            let text = Files.text(path)
            return secrets.contains { text.contains($0) }
        }
        #expect(!holders.isEmpty)
        for path in holders { #expect(Files.mode(path) == 0o600, "\(path)") }
    }
}
