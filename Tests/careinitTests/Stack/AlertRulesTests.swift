import Testing

@testable import careinit

/// The rules that are shipped, run by promtool over certificates of every age.
@Suite struct AlertRulesTests {
    struct Row: Sendable, CustomTestStringConvertible {
        /// Hours.
        var lifetime: Int
        /// Seconds that are left when Prometheus is asked.
        var left: Int
        /// Whether the alert is told of then.
        var due: Bool
        var soon: Bool
        var testDescription: String { "\(left) s of \(lifetime) h: due \(due), soon \(soon)" }
    }

    static let (hour, day) = (3600, 86_400)
    /// CertificateDue waits so long.
    static let patience = 12 * hour

    static let rows = [
        // 90 days: due at 30, soon at 9.
        Row(lifetime: 90 * 24, left: 80 * day, due: false, soon: false),
        Row(lifetime: 90 * 24, left: 30 * day - patience, due: false, soon: false),
        Row(lifetime: 90 * 24, left: 30 * day - patience - 2, due: true, soon: false),
        Row(lifetime: 90 * 24, left: 9 * day, due: true, soon: false),
        Row(lifetime: 90 * 24, left: 9 * day - 2, due: true, soon: true),
        Row(lifetime: 90 * 24, left: -hour, due: true, soon: true),
        // 6 days: due at 3, soon at 2.
        Row(lifetime: 6 * 24, left: 5 * day, due: false, soon: false),
        Row(lifetime: 6 * 24, left: 3 * day - patience, due: false, soon: false),
        Row(lifetime: 6 * 24, left: 3 * day - patience - 2, due: true, soon: false),
        Row(lifetime: 6 * 24, left: 2 * day, due: true, soon: false),
        Row(lifetime: 6 * 24, left: 2 * day - 2, due: true, soon: true),
        Row(lifetime: 6 * 24, left: -2, due: true, soon: true),
        // Ten days are not less than ten: a third.
        Row(lifetime: 240, left: 4 * day, due: false, soon: false),
        Row(lifetime: 240, left: 80 * hour - patience - 2, due: true, soon: false),
        // An hour less is: half.
        Row(lifetime: 239, left: 239 * hour / 2 - patience - 2, due: true, soon: false),
        // A year: a tenth would be 36 days, which is no cause for alarm.
        Row(lifetime: 365 * 24, left: 20 * day, due: true, soon: false),
        Row(lifetime: 365 * 24, left: 14 * day - 2, due: true, soon: true),
        // A day: two days are more than it ever had.
        Row(lifetime: 24, left: 10 * hour, due: false, soon: false),
        Row(lifetime: 24, left: 8 * hour - 2, due: false, soon: true),
    ]

    @Test(arguments: rows) func `certificates are told of by what is left of their life`(_ row: Row) throws {
        let due = row.due ? ["CertificateDue": "warning"] : [:]
        let soon = row.soon ? ["CertificateExpiresSoon": "critical"] : [:]
        let output = try RuleTest(
            certificate: (row.lifetime * Self.hour, row.left), askedAt: 20 * Self.hour,
            expected: due.merging(soon) { first, _ in first }
        ).run()
        #expect(output.succeeded, "\(output.text)\(output.errorText)")
    }

    @Test(arguments: [(9, false), (10, true)])
    func `a metric that is missing is told of after ten minutes`(minutes: Int, isTold: Bool) throws {
        let output = try RuleTest(
            certificate: nil, askedAt: minutes * 60,
            expected: isTold ? ["CertificateMetricMissing": "warning"] : [:]
        ).run()
        #expect(output.succeeded, "\(output.text)\(output.errorText)")
    }

    @Test func `promtool fails where an alert is expected that is not told of`() throws {
        let output = try RuleTest(
            certificate: (90 * Self.day, 80 * Self.day), askedAt: Self.hour,
            expected: ["CertificateDue": "warning"]
        ).run()
        #expect(!output.succeeded)
    }

    @Test(arguments: [(3600, "expires in 1h 0m 0s"), (-3600, "has expired")])
    func `what is said fits to a certificate that ends, and to one that has ended`(left: Int, words: String) throws
    {
        let output = try RuleTest(
            certificate: (90 * Self.day, left), askedAt: Self.hour, expected: [:]
        ).run()
        // What promtool found instead of nothing.
        #expect(output.errorText.contains("The certificate of care.example \(words)"), "\(output.errorText)")
    }
}

/// One run of `promtool test rules`.
private struct RuleTest {
    /// How long it lives, and how much of that is left when Prometheus is asked; nil: node-exporter tells of none. In
    /// seconds, as all here.
    var certificate: (lifetime: Int, left: Int)?
    var askedAt: Int
    /// The severity of each alert about certificates that fires then.
    var expected: [String: String]

    func run() throws -> Subprocess.Output {
        let folder = TemporaryFolder()
        try OutputFile.write(try TemplateLibrary().bytes("prometheus/alerts.yml"), to: "\(folder.path)/alerts.yml")
        try OutputFile.write(Array(lines.joined(separator: "\n").utf8), to: "\(folder.path)/test.yml")
        return try Subprocess(
            arguments: ["promtool", "test", "rules", "\(folder.path)/test.yml"], directory: folder.path
        ).run()
    }

    /// How often the rules are evaluated. Hours are enough for a certificate, and a run of minutes is long.
    private var interval: Int { certificate == nil ? 60 : 3600 }

    private var lines: [String] {
        let firing = "count by (alertname, severity) (ALERTS{alertstate='firing', alertname=~'Certificate.*'})"
        let samples = expected.map { alert, severity in
            "          - {labels: '{alertname=\"\(alert)\", severity=\"\(severity)\"}', value: 1}"
        }
        return [
            "rule_files: [alerts.yml]", "evaluation_interval: \(interval)s", "tests:",
            "  - interval: \(interval)s",
        ] + series + [
            "    promql_expr_test:", "      - expr: \"\(firing)\"", "        eval_time: \(askedAt)s",
            "        exp_samples:\(samples.isEmpty ? " []" : "")",
        ] + samples + (expected.isEmpty ? said : []) + [""]
    }

    /// Makes promtool print what would be said.
    private var said: [String] {
        guard certificate != nil, askedAt == 3600 else { return [] }
        return [
            "    alert_rule_test:",
            "      - {eval_time: \(askedAt)s, alertname: CertificateExpiresSoon, exp_alerts: []}",
        ]
    }

    private var series: [String] {
        guard let (lifetime, left) = certificate else { return ["    input_series: []"] }
        // The last second belongs to the certificate's life.
        let end = askedAt + left
        return ["    input_series:"]
            + [("before", end - lifetime + 1), ("after", end)].map { name, value in
                "      - {series: 'careinit_certificate_not_\(name)_timestamp_seconds{host=\"care.example\"}', "
                    + "values: '\(value)+0x\(askedAt / interval)'}"
            }
    }
}
