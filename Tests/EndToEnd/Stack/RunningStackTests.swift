import Foundation
import Testing

/// What the issue calls done, on one real stack. The tests run in this order, and each leaves the stack healthy.
@Suite(.serialized, .enabled(if: ScratchStack.isPossible), .sharedStack) struct RunningStackTests {
    let stack: ScratchStack

    init() throws { stack = try SharedStack.current }

    @Test func `nginx reaches all three replicas`() throws {
        var seen: Set<String> = []
        for _ in 0..<60 where seen.count < 3 {
            seen.insert("\(try stack.json("\(stack.origin)/api/health")["instance"] ?? "none")")
        }
        #expect(seen == ["1", "2", "3"])
    }

    @Test func `HTTP leads to HTTPS`() throws {
        let url = "http://localhost:\(stack.port("HTTP_PORT"))/api/health?x=1"
        let outcome = try stack.curl("--output", "/dev/null", "--write-out", "%{http_code} %{redirect_url}", url)
        #expect(outcome.output == "308 \(stack.origin)/api/health?x=1")
    }

    @Test func `what an authority looks for is served as text and not redirected, and nothing is listed`() throws {
        let folder = "\(stack.state)/acme/.well-known/acme-challenge"
        let made = try run(["mkdir", "--parents", folder], in: "/")
        #expect(made.code == 0, "\(made)")
        try Files.write(Array("token.thumbprint".utf8), to: "\(folder)/a-token_.html", mode: 0o644)
        defer { Files.remove("\(stack.state)/acme/.well-known") }
        let url = "http://localhost:\(stack.port("HTTP_PORT"))/.well-known"
        let answers = [
            "/acme-challenge/a-token_.html": "token.thumbprint 200 text/plain",
            "/acme-challenge/": "404 text/html",
            "/acme-challenge/none": "404 text/html", "/acme-challenge": "308 text/html",
            "/acme-challenge/../../lock": "308 text/html", "/security.txt": "308 text/html",
        ]
        for (path, answer) in answers {
            let outcome = try stack.curl(
                "--path-as-is", "--write-out", " %{http_code} %{content_type}", url + path)
            #expect(outcome.output.hasSuffix(answer), "\(path): \(outcome)")
        }
        let post = try stack.curl(
            "--request", "POST", "--output", "/dev/null", "--write-out", "%{http_code}",
            "\(url)/acme-challenge/a-token_.html")
        #expect(post.output == "405")
    }

    @Test func `TLS is 1_2 or later, and the certificate is verified`() throws {
        let url = "\(stack.origin)/api/health"
        #expect(try stack.curl("--fail", "--tlsv1.2", "--tls-max", "1.2", url).code == 0)
        #expect(try stack.curl("--fail", "--tlsv1.3", url).code == 0)
        #expect(try stack.curl("--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0", url).code == 35)
        // Another name, another trust: refused by any client that verifies.
        #expect(try run(["curl", "--silent", url], in: "/").code == 60)
    }

    @Test(arguments: [
        "health", "health/detailed", "health/ready", "health/live", "health/startup", "health/circuits",
    ])
    func `every health route answers`(route: String) throws {
        // From outside of nginx' own machine, which its container is, what names the inside is not to be had.
        let isInside = !StackRuntime.isNative && ["health/detailed", "health/circuits"].contains(route)
        let origin = isInside ? "http://\(try stack.listener(of: "app-1"))" : stack.origin
        let reply = try stack.json("\(origin)/api/\(route)")
        #expect(!reply.isEmpty)
    }

    @Test func `what nginx refuses is a problem document, and no header of safety stands twice`() throws {
        let refused = [
            (["\(stack.origin)/api/metrics"], 404, "no-such-resource"),
            (
                ["--data-binary", String(repeating: "x", count: 70_000), "\(stack.origin)/api/notes"], 413,
                "body-too-large"
            ),
            (
                ["--header", "X-Long: \(String(repeating: "x", count: 9000))", "\(stack.origin)/api/notes"], 431,
                "headers-too-large"
            ),
            (["--request", "TRACE", "\(stack.origin)/api/notes"], 405, "method-not-allowed"),
        ]
        for (words, status, code) in refused {
            let outcome = try run(
                ["curl", "--silent", "--cacert", stack.folder["certs/fullchain.pem"], "--include", "--http1.1"]
                    + words,
                in: "/")
            #expect(outcome.output.hasPrefix("HTTP/1.1 \(status)"), "\(outcome)")
            #expect(outcome.output.contains("Content-Type: application/problem+json"), "\(outcome)")
            let body = try JSON.object(String(outcome.output.split(whereSeparator: \.isNewline).last ?? ""))
            #expect(body["code"] as? String == code && body["status"] as? Int == status, "\(outcome)")
        }
        for path in ["health", "notes", "metrics"] {
            let outcome = try stack.curl("--head", "--http1.1", "\(stack.origin)/api/\(path)")
            for name in [
                "X-Content-Type-Options", "Content-Security-Policy", "Referrer-Policy", "X-Frame-Options",
            ] {
                let count = outcome.output.split(whereSeparator: \.isNewline).count {
                    $0.lowercased().hasPrefix(name.lowercased())
                }
                #expect(count == 1, "\(name): \(outcome)")
            }
        }
    }

    @Test func `metrics are not routed, and pass promtool on each replica`() throws {
        let outside = try stack.curl(
            "--output", "/dev/null", "--write-out", "%{http_code}", "\(stack.origin)/api/metrics")
        #expect(outside.output == "404")
        for replica in ["app-1", "app-2", "app-3"] {
            let metrics = try stack.curl("--fail", "http://\(try stack.listener(of: replica))/api/metrics")
            #expect(metrics.code == 0, "\(metrics)")
            let check = try run(["promtool", "check", "metrics"], in: "/", input: metrics.output)
            #expect(check.code == 0, "\(check)")
        }
    }

    @Test func `a note is written once, and read again`() throws {
        let (token, key) = (try stack.token(), UUID().uuidString)
        let resident = try stack.resident(token: token)
        let first = try stack.post("Slept well.", resident: resident, key: key, token: token)
        #expect(first.status == 201, "\(first)")
        let again = try stack.post("Slept well.", resident: resident, key: key, token: token)
        let identifiers = try [first, again].map { "\(try JSON.object($0.body)["id"] ?? "none")" }
        #expect(identifiers[0] == identifiers[1] && identifiers[0] != "none", "\(again)")
        let other = try stack.post("Slept badly.", resident: resident, key: key, token: token)
        #expect((400..<500).contains(other.status), "\(other)")
        let notes = try eventually("the note on a standby") {
            let notes = try stack.notes(of: resident, token: token)
            return notes.isEmpty ? nil : notes
        }
        #expect(notes.map { "\($0["body"] ?? "")" } == ["Slept well."])
        #expect(notes.allSatisfy { "\($0["key_id"] ?? "")".count == 16 })
    }

    @Test func `the id of a resident stands in no log`() throws {
        let token = try stack.token()
        let resident = try stack.resident(token: token)
        let reply = try stack.curl(
            "--oauth2-bearer", token, "\(stack.origin)/api/residents/\(resident)/legal-hold")
        #expect(reply.output.contains("no-such-resource"), "\(reply)")
        let logs = try eventually("the request in nginx' log") {
            // Docker keeps those of containers.
            let logs =
                StackRuntime.isNative
                ? Files.all(below: "\(stack.state)/logs").map { Files.text($0) }
                : [try stack.careinit("logs", "--lines", "100000").text]
            return logs.contains { $0.contains("/api/residents/:id/legal-hold") } ? logs : nil
        }
        #expect(!logs.contains { $0.contains(resident) })
    }

    @Test func `without a token there is no record, but a problem`() throws {
        let outcome = try stack.curl(
            "--write-out", "\n%{http_code} %{content_type}", "\(stack.origin)/api/notes")
        #expect(outcome.output.hasSuffix("\n401 application/problem+json"), "\(outcome)")
    }

    @Test func `the body of a note does not lie in the database in clear`() throws {
        let canary = "Canary-note-\(UUID().uuidString)"
        let token = try stack.token()
        let resident = try stack.resident(token: token)
        let reply = try stack.post(canary, resident: resident, key: UUID().uuidString, token: token)
        #expect(reply.status == 201, "\(reply)")
        let grep = try run(
            ["grep", "--recursive", "--text", "--files-with-matches", canary, stack.state]
                + stack.volumeFolders(), in: "/")
        #expect(grep.code == 1, "\(grep)")
    }

    @Test func `one leader, two standbys that stream, one of them synchronous`() throws {
        let roles = try eventually("a leader, a synchronous standby and a replica") {
            let members = try stack.members()
            let streams = members.allSatisfy { ["running", "streaming"].contains($0["State"] ?? "") }
            let roles = members.compactMap { $0["Role"] }.sorted()
            return streams && ScratchStack.healthyRoles.contains(roles) ? roles : nil
        }
        #expect(roles.first == "Leader")
    }

    @Test func `Prometheus reaches every target, and has the rules`() throws {
        let prometheus = "http://127.0.0.1:\(stack.port("PROMETHEUS_PORT"))/api/v1"
        let targets = try eventually("all targets up", within: .seconds(90)) {
            let data = try stack.json("\(prometheus)/targets")["data"] as? [String: Any]
            let targets = data?["activeTargets"] as? [[String: Any]] ?? []
            return targets.count >= 9 && targets.allSatisfy { "\($0["health"] ?? "")" == "up" } ? targets : nil
        }
        let applications = targets.filter { "\($0["scrapePool"] ?? "")" == "carenotes" }
        #expect(applications.count == 3)
        let rules = try stack.curl("--fail", "\(prometheus)/rules").output
        let names = [
            "ApplicationInstanceDown", "MultipleInstancesDown", "DatabaseDown", "HighMemoryUsage", "HighCPULoad",
            "DiskSpaceLow", "DiskSpaceCritical", "ReplicationLag", "TooManyConnections", "RedisDown",
            "ReplicaMissing",
            "High5xxRate", "OOMKill", "CircuitOpen",
        ]
        #expect(missing(names.map { "\"name\":\"\($0)\"" }, in: rules) == [])
    }

    /// A rule about a figure that nobody gives never fires, and nobody would know.
    @Test func `Prometheus has a value of every figure that its rules go by`() throws {
        var figures = [
            "up", "http_requests_total", "http_request_duration_seconds_bucket", "carenotes_circuit_state",
            "pg_up",
            "patroni_primary", "patroni_replica", "patroni_postgres_running", "patroni_postgres_timeline",
            "patroni_sync_standby", "patroni_xlog_location", "patroni_xlog_replayed_location",
            "patroni_xlog_replayed_timestamp", "pg_stat_activity_count", "pg_settings_max_connections",
            "pg_stat_activity_max_tx_duration", "pg_stat_database_deadlocks", "etcd_server_has_leader",
            "node_memory_MemAvailable_bytes", "node_memory_MemTotal_bytes", "node_cpu_seconds_total",
            "node_filesystem_avail_bytes", "node_filesystem_size_bytes", "node_filesystem_readonly",
            "node_vmstat_oom_kill", "node_timex_offset_seconds", "alertmanager_notifications_failed_total",
            "careinit_certificate_not_after_timestamp_seconds",
        ]
        if !StackRuntime.isNative {
            figures += ["redis_up", "redis_evicted_keys_total", "patroni_postgres_streaming"]
        }
        let prometheus = "http://127.0.0.1:\(stack.port("PROMETHEUS_PORT"))/api/v1/query?query="
        let missing = try eventually("values of all figures", within: .seconds(60)) {
            let missing = try figures.filter { figure in
                let data = try stack.json("\(prometheus)count(\(figure))")["data"] as? [String: Any]
                return (data?["result"] as? [Any])?.isEmpty != false
            }
            return missing.isEmpty ? missing : nil
        }
        #expect(missing.isEmpty)
    }

    @Test func `status tells of every service, and up again changes nothing`() throws {
        let services = ["nginx", "app-1", "app-2", "app-3", "pg-1", "pg-2", "pg-3", "etcd", "redis", "prometheus"]
        let status = try stack.careinit("status")
        #expect(status.code == 0 && missing(services, in: status.output) == [], "\(status)")
        let json = try stack.careinit("status", "--json")
        #expect(json.code == 0 && missing(services, in: json.output) == [], "\(json)")
        #expect(try !JSON.object(json.output).isEmpty)
        let before = try stack.processes(of: "app-1", ["carenotes serve"])
        try stack.up()
        #expect(try stack.processes(of: "app-1", ["carenotes serve"]) == before && !before.isEmpty)
    }

    @Test func `check --live logs in where the services run, and says where a password does not`() throws {
        let good = try stack.careinit("check", "--live")
        #expect(good.code == 0, "\(good)")
        let words = ["HTTPS at localhost:", "the certificate", "at PostgreSQL", "at Redis"]
        for word in words {
            let line = good.output.split(separator: "\n").first { $0.contains(word) }
            #expect(line?.contains(": passed (") == true, "\(word): \(good)")
        }
        var text = stack.settings
        let other = (0..<43).map { _ in
            "ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz".randomElement().map(String.init) ?? ""
        }
        for (name, value) in [("DB_PASSWORD", other.joined()), ("REDIS_PASSWORD", other.reversed().joined())] {
            text = SettingsFiles.replacing(name, by: "\(name)=\(value)", in: text)
        }
        try stack.folder.write(text, to: "other.env")
        let bad = try stack.careinit("check", "--live", "other.env")
        #expect(bad.code == 1, "\(bad)")
        let said = [
            "at PostgreSQL: failed at login", "password authentication failed", "at Redis: warning at login",
        ]
        #expect(missing(said, in: bad.output) == [] && !bad.text.contains(other.joined()), "\(bad)")
        let left = Files.names(in: "/tmp").filter {
            $0.hasPrefix("careinit-") && Files.text("/tmp/\($0)").contains(other.joined())
        }
        #expect(left.isEmpty)
    }
}
