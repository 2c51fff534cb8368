import FoundationEssentials

/// What a run prints: one line of JSON.
struct Summary: Codable, Equatable {
    var seed: String
    var seconds: Double
    var scheduled: Int
    var sent: Int
    /// Due, but not sent before the run ended: all connections were waiting.
    var unsent: Int
    var ok: Int
    /// Writes that were acknowledged: the lines that this run added to the ledger.
    var writes: Int
    var reads: Int
    /// Sent a second time, since a kept-alive connection was closed before any byte of the reply.
    var retried: Int
    var failed: Int
    var failures: [String: Int]
    var failedWrites: Int
    /// Failed writes that were not on their way during the longest time without an acknowledged one: what no gap explains.
    var failedWritesOutsideGap: Int
    /// The longest time without an acknowledged write, and when it began; nil where nothing was to be written.
    var longestWriteGapSeconds: Double?
    var longestWriteGapStart: Double?
    /// From the instant at which each request was due.
    var latencyMilliseconds: Latency?
    var writeLatencyMilliseconds: Latency?
    var readLatencyMilliseconds: Latency?
    /// Replies by the replica that they name.
    var instances: [String: Int]

    struct Latency: Codable, Equatable {
        var p50: Double
        var p99: Double
        var max: Double

        init?(_ histogram: Histogram) {
            guard let p50 = histogram.percentile(0.5), let p99 = histogram.percentile(0.99) else { return nil }
            self.p50 = Double(p50) / 1000
            self.p99 = Double(p99) / 1000
            max = Double(histogram.maximum) / 1000
        }
    }

    enum CodingKeys: String, CodingKey {
        case seed, seconds, scheduled, sent, unsent, ok, writes, reads, retried, failed, failures, instances
        case failedWrites = "failed_writes"
        case failedWritesOutsideGap = "failed_writes_outside_gap"
        case longestWriteGapSeconds = "longest_write_gap_seconds"
        case longestWriteGapStart = "longest_write_gap_start"
        case latencyMilliseconds = "latency_ms"
        case writeLatencyMilliseconds = "write_latency_ms"
        case readLatencyMilliseconds = "read_latency_ms"
    }

    /// `end` is how long the run took, in nanoseconds.
    init(_ tally: Tally, schedule: Schedule, seed: String, end: Int64) {
        self.seed = seed
        seconds = Double(end / 1_000_000) / 1000
        scheduled = schedule.count
        sent = tally.sent
        unsent = schedule.count - tally.sent
        writes = tally.acknowledgements.count
        reads = tally.reads
        ok = writes + reads
        retried = tally.retries
        failures = tally.failures
        failed = tally.failures.values.reduce(0, +)
        let gap = tally.longestGap(until: end)
        failedWrites = tally.failedWrites.count
        failedWritesOutsideGap = tally.failedWrites.count { !$0.overlaps(gap.start...gap.start + gap.length) }
        if schedule.writesPerMillion > 0 {
            longestWriteGapSeconds = Double(gap.length / 1_000_000) / 1000
            longestWriteGapStart = Double(gap.start / 1_000_000) / 1000
        }
        var all = tally.readLatency
        all.merge(tally.writeLatency)
        latencyMilliseconds = Latency(all)
        writeLatencyMilliseconds = Latency(tally.writeLatency)
        readLatencyMilliseconds = Latency(tally.readLatency)
        instances = tally.instances
    }
}

/// One line of JSON with its names in order.
enum JSONLine {
    static func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
