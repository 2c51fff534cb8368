import Testing

@testable import careinit

/// The rules about the audit of reads, run by promtool over what replicas may say.
@Suite struct AuditAlertsTests {
    private static let series = """
        - {series: 'carenotes_audit_failures_total{service="app-1"}', values: '0 0 0 3 3 3'}
              - {series: 'carenotes_audit_failures_total{service="app-2"}', values: '0x30'}
              - {series: 'carenotes_audit_repairs_total{service="app-1"}', values: '0x30'}
              - {series: 'carenotes_audit_repairs_total{service="app-2"}', values: '1x30'}
              - {series: 'carenotes_audit_unshipped_events{service="app-1"}', values: '5000x30'}
              - {series: 'carenotes_audit_unshipped_events{service="app-3"}', values: '6000x30'}
        """

    private func output(at seconds: Int, _ alert: String, _ services: [String]) throws -> Subprocess.Output {
        let folder = TemporaryFolder()
        let samples = services.map { "{labels: '{service=\"\($0)\"}', value: 1}" }.joined(separator: ", ")
        let test = """
            rule_files: [alerts.yml]
            evaluation_interval: 60s
            tests:
              - interval: 60s
                input_series:
                  \(Self.series)
                promql_expr_test:
                  - expr: "count by (service) (ALERTS{alertstate='firing', alertname='\(alert)'})"
                    eval_time: \(seconds)s
                    exp_samples: [\(samples)]

            """
        try OutputFile.write(try TemplateLibrary().bytes("prometheus/alerts.yml"), to: "\(folder.path)/alerts.yml")
        try OutputFile.write(Array(test.utf8), to: "\(folder.path)/test.yml")
        return try Subprocess(
            arguments: ["promtool", "test", "rules", "\(folder.path)/test.yml"], directory: folder.path
        ).run()
    }

    @Test(arguments: [
        (120, "AuditRefusesReads", []), (300, "AuditRefusesReads", ["app-1"]), (300, "AuditRepaired", ["app-2"]),
        (600, "AuditNotShipped", []), (1200, "AuditNotShipped", ["app-3"]),
    ])
    func `who cannot write down, cannot ship, or had to repair is told of`(
        seconds: Int, alert: String, services: [String]
    ) throws {
        let output = try output(at: seconds, alert, services)
        #expect(output.succeeded, "\(output.text)\(output.errorText)")
    }

    @Test func `promtool fails where an alert is expected that is not told of`() throws {
        #expect(try !output(at: 120, "AuditRefusesReads", ["app-2"]).succeeded)
    }
}
