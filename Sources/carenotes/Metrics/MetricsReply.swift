/// `/api/metrics`: what Prometheus asks for every ten seconds.
struct MetricsReply: Sendable {
    let live: LiveSecrets
    let reloads: ReloadCounts
    let metrics: RequestMetrics
    let state: HealthState
    let database: Database
    let cache: Cache
    let workers: Bulkheads
    let limiter: RateLimiter
    let connections: ConnectionWatch
    let logger: Logger
    let errors: ErrorBoundary
    let gate: PasswordGate
    let counters: AccountCounters
    let spool: AuditSpool
    /// Seconds since 1970.
    let startedAt: Int64

    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    func reply() -> Reply {
        var text = MetricsText()
        writeService(&text)
        writeRequests(&text)
        writeOverload(&text)
        writeDatabase(&text)
        writeAccounts(&text)
        AuditMetrics.write(spool.statistics, to: &text)
        writeProcess(&text)
        return Reply(
            status: .ok, contentType: Self.mediaType, body: Array(text.text.utf8))
    }

    private func writeService(_ text: inout MetricsText) {
        let replica = live.current.replica
        text.metric(
            "carenotes_build_info", .gauge, "Always 1; the labels say what runs.",
            [([("version", Carenotes.version), ("instance_number", "\(replica.instance)")], "1")])
        text.metric(
            "carenotes_generation", .gauge, "The generation of configuration that this replica runs with.",
            [([], "\(replica.generation)")])
        text.metric(
            "carenotes_secret_reloads_total", .counter, "SIGHUPs, by whether the secrets were taken.",
            ReloadCounts.Outcome.allCases.map { ([("outcome", $0.rawValue)], "\(reloads.count($0))") })
        text.metric(
            "carenotes_ready", .gauge, "Whether the replica takes requests.",
            [([], state.hasStarted && !state.isDraining ? "1" : "0")])
        let now = ContinuousClock.now
        let circuits = database.circuits + cache.circuits
        text.metric(
            "carenotes_circuit_state", .gauge, "0 closed, 1 half-open, 2 open.",
            circuits.map { ([("circuit", $0.name)], "\($0.state(at: now).rawValue)") })
        text.metric(
            "carenotes_internal_errors_total", .counter, "Errors of carenotes' own, each answered 500 and logged.",
            [([], "\(errors.defects)")])
        text.metric(
            "carenotes_log_lines_dropped_total", .counter, "Lines that nobody read in time.",
            [([], "\(logger.dropped)")])
    }

    private func writeRequests(_ text: inout MetricsText) {
        text.metric(
            "http_requests_in_flight", .gauge, "Requests whose reply is not sent yet.",
            [([], "\(metrics.inFlight)")])
        text.metric(
            "http_requests_waiting", .gauge, "Requests that wait for a worker.",
            [([], "\(workers.waiting)")])
        var samples: [(labels: [(String, String)], value: String)] = []
        for route in Route.allCases {
            for method in Method.allCases {
                for status in Status.allCases {
                    let count = metrics.count(route, method, status)
                    guard count > 0 else { continue }
                    let labels = [
                        ("route", route.path), ("method", method.name), ("status", "\(status.rawValue)"),
                    ]
                    samples.append((labels, "\(count)"))
                }
            }
        }
        text.metric("http_requests_total", .counter, "Requests that were answered.", samples)
        writeDurations(&text)
    }

    private func writeDurations(_ text: inout MetricsText) {
        let name = "http_request_duration_seconds"
        text.head(name, .histogram, "From a request's headers to its reply being ready.")
        for route in Route.allCases {
            for method in Method.allCases {
                for group in 2...5 {
                    let histogram = metrics.histogram(route, method, group)
                    guard histogram.total > 0 else { continue }
                    let labels = [
                        ("route", route.path), ("method", method.name), ("status_class", "\(group)xx"),
                    ]
                    Self.write(histogram, name, labels, to: &text)
                }
            }
        }
    }

    private static func write(
        _ histogram: RequestMetrics.Histogram, _ name: String, _ labels: [(String, String)],
        to text: inout MetricsText
    ) {
        var below: UInt64 = 0
        for (bound, count) in zip(RequestMetrics.bounds, histogram.counts) {
            below += count
            let limit = Decimal.text(Double(bound) / 1e9, digits: 4)
            text.line("\(name)_bucket", labels + [("le", limit)], "\(below)")
        }
        text.line("\(name)_bucket", labels + [("le", "+Inf")], "\(histogram.total)")
        text.line("\(name)_sum", labels, Decimal.text(Double(histogram.nanoseconds) / 1e9, digits: 6))
        text.line("\(name)_count", labels, "\(histogram.total)")
    }

    private func writeDatabase(_ text: inout MetricsText) {
        let statistics = database.statistics
        let pools = [("primary", statistics.primary), ("standby", statistics.standby)]
        let states: [(String, KeyPath<PoolStatistics, Int>)] = [
            ("idle", \.idle), ("in_use", \.inUse), ("waiting", \.waiting), ("maximum", \.maximum),
        ]
        text.metric(
            "carenotes_database_pool", .gauge, "Connections of each pool by state, and who waits for one.",
            pools.flatMap { pool in
                states.map { ([("pool", pool.0), ("state", $0.0)], "\(pool.1[keyPath: $0.1])") }
            })
        text.metric(
            "carenotes_database_connects_total", .counter, "Connections that were made.",
            pools.map { ([("pool", $0.0)], "\($0.1.connects)") })
        text.metric(
            "carenotes_database_retries_total", .counter, "Transactions that were tried again.",
            [([], "\(statistics.retries)")])
        text.metric(
            "carenotes_database_failures_total", .counter, "Operations that failed after their retries.",
            [([], "\(statistics.failures)")])
        text.metric(
            "carenotes_cache_failures_total", .counter, "Calls of Redis that failed; no request needs one.",
            [([], "\(cache.statistics.failures)")])
    }

    private func writeAccounts(_ text: inout MetricsText) {
        text.metric(
            "carenotes_account_events_total", .counter, "Logins and refreshes, by how they ended.",
            AccountCounters.Event.allCases.map { ([("event", $0.name)], "\(counters.count($0))") })
        text.metric(
            "carenotes_password_hashes_total", .counter, "Passwords that were hashed, one at a time.",
            [([], "\(gate.runs)")])
    }

    private func writeProcess(_ text: inout MetricsText) {
        text.metric(
            "process_resident_memory_bytes", .gauge, "Resident memory.", [([], "\(ProcessFacts.residentBytes)")])
        text.metric(
            "process_cpu_seconds_total", .counter, "Processor time, user and system.",
            [([], Decimal.text(ProcessFacts.processorSeconds, digits: 3))])
        text.metric(
            "process_start_time_seconds", .gauge, "When the process started, since 1970.", [([], "\(startedAt)")])
        text.metric("process_open_fds", .gauge, "Open descriptors.", [([], "\(ProcessFacts.openDescriptors)")])
        text.metric(
            "process_max_fds", .gauge, "The most there may be.", [([], "\(ProcessFacts.maximumDescriptors)")])
    }
}
