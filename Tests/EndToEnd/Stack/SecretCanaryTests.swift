import Testing

#if canImport(Glibc)
    import Glibc
#endif

extension RunningStackTests {
    /// Where no secret of the `.env` may ever stand.
    @Test func `no secret is in any output, log, command line or environment`() throws {
        let names = [
            "DB_PASSWORD", "REPLICATION_PASSWORD", "REDIS_PASSWORD", "JWT_SECRET", "JWT_REFRESH_SECRET",
            "ENCRYPTION_KEY", "GRAFANA_ADMIN_PASSWORD",
        ]
        let settings = stack.settings
        var secrets = names.map { (name: $0, value: SettingsFiles.value(of: $0, in: settings) ?? "") }
        #expect(secrets.allSatisfy { $0.value.utf8.count >= 32 })
        let own = Files.text("\(stack.state)/secrets/internal.env").split(separator: "\n")
            .filter { !$0.hasPrefix("#") }.map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        // Two are names, of a role and of an authority, and no secrets.
        let named = ["MONITOR_USERNAME", "ETCD_CERTIFICATES"]
        secrets += own.filter { $0.count == 2 && !named.contains($0[0]) }.map { (name: $0[0], value: $0[1]) }
        #expect(own.count >= 6)

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
        // A child that careinit or a service has just started is no less readable than they are.
        processes += ProcessEntry.all()
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

    /// What a process that is not dumpable has in /proc belongs to root (proc(5)): no other process of its user reads it.
    @Test(.enabled(if: StackRuntime.isNative))
    func `carenotes' memory and environment are closed to its own user, and no core is made of it`() throws {
        let replicas = ProcessEntry.belonging(to: stack.state)
            .filter { $0.commandLine.contains("/carenotes serve ") }
        #expect(replicas.count == 3)
        for replica in replicas {
            let folder = "/proc/\(replica.identifier)"
            for name in ["mem", "environ", "maps"] {
                var status = stat()
                #expect(stat("\(folder)/\(name)", &status) == 0 && status.st_uid == 0, "\(folder)/\(name)")
            }
            let cores = Files.text("\(folder)/limits").split(separator: "\n").first { $0.hasPrefix("Max core") }
            #expect(cores?.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"])
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
