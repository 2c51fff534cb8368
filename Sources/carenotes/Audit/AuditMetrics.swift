/// The audit trail's figures for Prometheus.
enum AuditMetrics {
    static func write(_ statistics: AuditSpool.Statistics, to text: inout MetricsText) {
        text.metric(
            "carenotes_audit_events_total", .counter, "Reads that are written down, on the disk.",
            [([], "\(statistics.events)")])
        text.metric(
            "carenotes_audit_commits_total", .counter,
            "How often it was waited for the disk; several reads share one.",
            [([], "\(statistics.commits)")])
        text.metric(
            "carenotes_audit_failures_total", .counter,
            "Reads that were refused because they could not be written down.",
            [([], "\(statistics.failures)")])
        text.metric(
            "carenotes_audit_repairs_total", .counter, "Torn ends and broken chains that were set aside.",
            [([], "\(statistics.repairs)")])
        let waiting = max(0, (statistics.head?.sequence ?? 0) - statistics.shipped)
        text.metric(
            "carenotes_audit_unshipped_events", .gauge, "Events that only the replica's own disk has.",
            [([], "\(waiting)")])
    }
}
