extension MetricsReply {
    /// What is refused so that the rest is answered.
    func writeOverload(_ text: inout MetricsText) {
        let lanes = workers.statistics
        let now: [(String, KeyPath<Bulkhead.Statistics, Int>)] = [("waiting", \.waiting), ("running", \.running)]
        text.metric(
            "carenotes_bulkhead_requests", .gauge,
            "Requests that wait for a worker or are with one, by kind of work.",
            lanes.flatMap { lane in
                now.map { ([("lane", lane.lane.rawValue), ("state", $0.0)], "\(lane.counts[keyPath: $0.1])") }
            })
        let refusals: [(String, KeyPath<Bulkhead.Statistics, Int>)] = [
            ("queue_full", \.refused), ("waited_too_long", \.expired),
        ]
        text.metric(
            "carenotes_bulkhead_refusals_total", .counter,
            "Requests that were answered 503 because of the others.",
            lanes.flatMap { lane in
                refusals.map {
                    ([("lane", lane.lane.rawValue), ("reason", $0.0)], "\(lane.counts[keyPath: $0.1])")
                }
            })
        text.metric(
            "carenotes_rate_limit_local_total", .counter, "Requests that were counted without Redis.",
            [([], "\(limiter.countedAlone)")])
        let clients = connections.statistics
        text.metric(
            "carenotes_connections", .gauge, "Connections of clients that stand.", [([], "\(clients.open)")])
        text.metric(
            "carenotes_connections_cut_total", .counter,
            "Connections that were cut off because their client was too slow.",
            [([], "\(clients.cut)")])
        let statistics = cache.statistics
        text.metric(
            "carenotes_cache_lookups_total", .counter, "Lists of residents that were looked up in Redis.",
            [([("result", "hit")], "\(statistics.hits)"), ([("result", "miss")], "\(statistics.misses)")])
    }
}
