import Testing

@testable import careinit

/// Each rule on both sides of its line, run by promtool over series that are made up.
@Suite struct AlertRuleRowsTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var alert: String
        /// nil: it must not fire.
        var severity: String?
        /// Values by series, one a minute (promtool's notation).
        var series: [String: String]
        /// When Prometheus is asked.
        var minutes: Int
        var testDescription: String { "\(alert) \(severity ?? "silent"): \(series)" }
    }

    private static func row(
        _ alert: String, _ severity: String?, _ series: [String: String], after minutes: Int = 10
    ) -> Row { Row(alert: alert, severity: severity, series: series, minutes: minutes) }

    private static let notes = #"http_requests_total{route="/api/notes",status="#
    private static let bucket = "http_request_duration_seconds_bucket"

    private static let application = [
        row("AuditRefusesReads", "critical", ["carenotes_audit_failures_total": "0x8 1x5"]),
        row("AuditRefusesReads", nil, ["carenotes_audit_failures_total": "1x20"]),
        row("AuditNotShipped", "warning", ["carenotes_audit_unshipped_events": "5001x30"], after: 20),
        row("AuditNotShipped", nil, ["carenotes_audit_unshipped_events": "5000x30"], after: 20),
        // A primary that was away for some minutes.
        row("AuditNotShipped", nil, ["carenotes_audit_unshipped_events": "5001x10 0x20"], after: 20),
        row("AuditRepaired", "warning", ["carenotes_audit_repairs_total": "1x20"]),
        row("AuditRepaired", nil, ["carenotes_audit_repairs_total": "0x20"]),
        row("InternalErrors", "warning", ["carenotes_internal_errors_total": "0x8 1x5"]),
        row("InternalErrors", nil, ["carenotes_internal_errors_total": "1x20"]),
        row("High5xxRate", "critical", [notes + "\"503\"}": "0+2x20", notes + "\"200\"}": "0+100x20"]),
        row("High5xxRate", nil, [notes + "\"503\"}": "0+2x20", notes + "\"200\"}": "0+300x20"]),
        // One of few at night.
        row("High5xxRate", nil, [notes + "\"503\"}": "0x5 1x15", notes + "\"200\"}": "0+1x20"]),
        // A replica that starts says 503 to who asks for its health.
        row(
            "High5xxRate", nil,
            [
                #"http_requests_total{route="/api/health/ready",status="503"}"#: "0+60x20",
                notes + "\"200\"}": "0+9x20",
            ]),
        row("High5xxRate", nil, [:]),
        row(
            "HighLatencyP95", "warning",
            [
                bucket + #"{route="/api/notes",le="0.2"}"#: "0+90x20",
                bucket + #"{route="/api/notes",le="0.5"}"#: "0+100x20",
                bucket + #"{route="/api/notes",le="+Inf"}"#: "0+100x20",
            ], after: 12),
        row(
            "HighLatencyP95", nil,
            [
                bucket + #"{route="/api/notes",le="0.2"}"#: "0+96x20",
                bucket + #"{route="/api/notes",le="+Inf"}"#: "0+100x20",
            ], after: 12),
        row(
            "HighLatencyP95", nil,
            [
                bucket + #"{route="/api/auth/login",le="0.2"}"#: "0x20",
                bucket + #"{route="/api/auth/login",le="1"}"#: "0+9x20",
                bucket + #"{route="/api/auth/login",le="+Inf"}"#: "0+9x20",
            ], after: 12),
        row(
            "CircuitOpen", "warning", [#"carenotes_circuit_state{circuit="cache"}"#: "0 2 1 2 1 2 1 2 1 2 1"],
            after: 3),
        row("CircuitOpen", nil, [#"carenotes_circuit_state{circuit="cache"}"#: "0 2 0 2 0 2 0"], after: 4),
        row("RateLimitSurge", "warning", [notes + "\"429\"}": "0+360x20"], after: 12),
        row("RateLimitSurge", nil, [notes + "\"429\"}": "0+240x20"], after: 12),
        row("MultipleInstancesDown", "critical", [#"up{job="carenotes",service="app-1"}"#: "1x20"]),
        row(
            "MultipleInstancesDown", nil,
            [#"up{job="carenotes",service="app-1"}"#: "1x20", #"up{job="carenotes",service="app-2"}"#: "1x20"]),
    ]

    private static func members(_ metric: String, _ values: [String]) -> [String: String] {
        let named = values.enumerated().map { ("\(metric){service=\"pg-\($0.offset + 1)\"}", $0.element) }
        return Dictionary(named) { first, _ in first }
    }

    private static func standbys(_ roles: [String], running: [String], streaming: [String] = []) -> [String:
        String]
    {
        members("patroni_replica", roles)
            .merging(members("patroni_postgres_running", running)) { $1 }
            .merging(members("patroni_postgres_streaming", streaming)) { $1 }
    }

    private static let database = [
        row("ReplicaMissing", nil, standbys(["0x20", "1x20", "1x20"], running: ["1x20", "1x20", "1x20"])),
        row("ReplicaMissing", "warning", standbys(["0x20", "1x20", "1x20"], running: ["1x20", "1x20", "0x20"])),
        row("ReplicaMissing", "warning", standbys(["0x20", "1x20"], running: ["1x20", "1x20"])),
        row(
            "ReplicaMissing", "warning",
            standbys(
                ["0x20", "1x20", "1x20"], running: ["1x20", "1x20", "1x20"], streaming: ["0x20", "1x20", "0x20"])),
        row(
            "ReplicaMissing", nil,
            standbys(
                ["0x20", "1x20", "1x20"], running: ["1x20", "1x20", "1x20"], streaming: ["0x20", "1x20", "1x20"])),
        // A failover's seconds.
        row(
            "ReplicaMissing", nil, standbys(["0x20", "1x20", "1x20"], running: ["1x20", "1x20", "1x8 0 1x10"]),
            after: 9),
        row(
            "DatabaseFailover", "warning", members("patroni_postgres_timeline", ["1x20 2x20", "1x20 2x20"]),
            after: 25),
        row("DatabaseFailover", nil, members("patroni_postgres_timeline", ["1x20 2x20", "1x20 2x20"]), after: 37),
        row("DatabaseFailover", nil, members("patroni_postgres_timeline", ["1x20 0x2 1x20", "1x40"]), after: 25),
        row("DatabaseFailover", nil, members("patroni_postgres_timeline", ["0x2 1x40"]), after: 17),
        row(
            "LongTransaction", "warning",
            [#"pg_stat_activity_max_tx_duration{service="pg-1",datname="care",state="active"}"#: "0+60x20"],
            after: 12),
        row(
            "LongTransaction", nil,
            [#"pg_stat_activity_max_tx_duration{service="pg-1",datname="care",state="active"}"#: "300x20"],
            after: 12),
        row("Deadlocks", "warning", [#"pg_stat_database_deadlocks{service="pg-1",datname="care"}"#: "0+2x20"]),
        row("Deadlocks", nil, [#"pg_stat_database_deadlocks{service="pg-1",datname="care"}"#: "0+1x20"]),
        row("CoordinationDown", "critical", [#"up{job="etcd"}"#: "1x3 0x20"]),
        row("CoordinationDown", "critical", [#"up{job="etcd"}"#: "1x20", "etcd_server_has_leader": "0x20"]),
        row("CoordinationDown", nil, [#"up{job="etcd"}"#: "1x20", "etcd_server_has_leader": "1x20"]),
    ]

    private static let machine = [
        row("RedisDown", "warning", [#"redis_up{job="redis"}"#: "1x3 0x20"]),
        row("RedisDown", nil, [#"redis_up{job="redis"}"#: "1x20"]),
        row("RedisDown", nil, [#"redis_up{job="redis"}"#: "1x9 0"]),
        // No exporter, nothing to say.
        row("RedisDown", nil, [#"up{job="carenotes"}"#: "1x20"]),
        row("RedisEvictsKeys", "warning", ["redis_evicted_keys_total": "0+6x40"], after: 25),
        row("RedisEvictsKeys", nil, ["redis_evicted_keys_total": "0+6x5 30x40"], after: 25),
        row("DiskFillsWithinADay", "warning", disk("600-1x300"), after: 240),
        row("DiskFillsWithinADay", nil, disk("600-0.1x300"), after: 240),
        // Three hours are not over.
        row("DiskFillsWithinADay", nil, disk("600-1x300"), after: 170),
        // Much is left.
        row("DiskFillsWithinADay", nil, disk("900-1x300"), after: 240),
        row("OOMKill", "critical", ["node_vmstat_oom_kill": "4x5 5x20"]),
        row("OOMKill", nil, ["node_vmstat_oom_kill": "4x20"]),
        row("ClockSkew", "warning", ["node_timex_offset_seconds": "-0.06x20"], after: 12),
        row("ClockSkew", nil, ["node_timex_offset_seconds": "0.05x20"], after: 12),
        row("DiskSpaceCritical", "critical", disk("49x20")),
        row("DiskSpaceCritical", nil, disk("50x20")),
        row("TargetDown", "warning", [#"up{job="node",service="node-exporter"}"#: "1x2 0x20"]),
        row("TargetDown", nil, [#"up{job="node",service="node-exporter"}"#: "1x6 0x20"]),
        // Those have rules of their own.
        row("TargetDown", nil, [#"up{job="carenotes",service="app-1"}"#: "0x20"]),
        row(
            "AlertDeliveryFailing", "critical",
            [#"alertmanager_notifications_failed_total{integration="email"}"#: "0+1x20"], after: 12),
        row(
            "AlertDeliveryFailing", nil,
            [#"alertmanager_notifications_failed_total{integration="email"}"#: "3x20"], after: 12),
    ]

    /// Of a size of 1000.
    private static func disk(_ available: String) -> [String: String] {
        let labels = #"{fstype="ext4",mountpoint="/"}"#
        return [
            "node_filesystem_avail_bytes" + labels: available, "node_filesystem_size_bytes" + labels: "1000x300",
            "node_filesystem_readonly" + labels: "0x300",
        ]
    }

    @Test(arguments: application + database + machine)
    func `a rule fires beyond its line, and not before`(_ row: Row) throws {
        let output = try Self.run(row)
        #expect(output.succeeded, "\(output.text)\(output.errorText)")
    }

    @Test func `every rule but those of the certificate has rows on both sides, or is older than they are`() throws
    {
        let text = String(decoding: try TemplateLibrary().bytes("prometheus/alerts.yml"), as: UTF8.self)
        let rules = text.split(separator: "\n").compactMap { line in
            line.contains("- alert: ") ? line.split(separator: " ").last.map(String.init) : nil
        }
        let rows = Self.application + Self.database + Self.machine
        let older: Set = [
            "ApplicationInstanceDown", "DatabaseDown", "DatabaseNoLeader", "NoSynchronousStandby",
            "ReplicationLag",
            "TooManyConnections", "HighMemoryUsage", "HighCPULoad", "DiskSpaceLow",
        ]
        for rule in rules where !older.contains(rule) && !rule.hasPrefix("Certificate") {
            let own = rows.filter { $0.alert == rule }
            #expect(own.contains { $0.severity != nil } && own.contains { $0.severity == nil }, "\(rule)")
        }
        #expect(Set(rows.map(\.alert)).isSubset(of: rules) && rules.count == Set(rules).count)
    }

    private static func run(_ row: Row) throws -> Subprocess.Output {
        let folder = TemporaryFolder()
        try OutputFile.write(try TemplateLibrary().bytes("prometheus/alerts.yml"), to: "\(folder.path)/alerts.yml")
        let series = row.series.map { "      - {series: '\($0.key)', values: '\($0.value)'}" }
        let sample = row.severity.map {
            "          - {labels: '{alertname=\"\(row.alert)\", severity=\"\($0)\"}', value: 1}"
        }
        let firing = "count by (alertname, severity) (ALERTS{alertstate='firing', alertname='\(row.alert)'})"
        let lines =
            [
                "rule_files: [alerts.yml]", "evaluation_interval: 1m", "tests:", "  - interval: 1m",
                "    input_series:\(series.isEmpty ? " []" : "")",
            ] + series + [
                "    promql_expr_test:", "      - expr: \"\(firing)\"", "        eval_time: \(row.minutes)m",
                "        exp_samples:\(sample == nil ? " []" : "")",
            ] + [sample ?? ""]
        try OutputFile.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: "\(folder.path)/test.yml")
        return try Subprocess(
            arguments: ["promtool", "test", "rules", "\(folder.path)/test.yml"], directory: folder.path
        ).run()
    }
}
