import Testing

@testable import careload

@Suite struct SummaryTests {
    private static let second: Int64 = 1_000_000_000

    @Test(arguments: [
        ([], 0, 10), ([1, 2, 3], 3, 7), ([9], 0, 9), ([1, 7, 9], 1, 6), ([7, 1, 9], 1, 6), ([11], 0, 11),
    ])
    func `the longest gap counts from the start and to the end`(seconds: [Int64], start: Int64, length: Int64) {
        var tally = Tally()
        tally.acknowledgements = seconds.map { $0 * Self.second }
        let gap = tally.longestGap(until: 10 * Self.second)
        #expect(gap.start == start * Self.second && gap.length == length * Self.second)
    }

    @Test func `connections add up`() throws {
        var first = Tally()
        first.sent = 3
        first.acknowledgements = [Self.second]
        first.failures = ["status 502": 1]
        first.instances = ["1": 2]
        var second = Tally()
        second.sent = 2
        second.reads = 1
        second.failures = ["status 502": 1, "TLS": 1]
        second.instances = ["1": 1, "2": 1]
        second.readLatency.record(1500)
        first.merge(second)
        let schedule = Schedule(rate: 6, seconds: 1, writesPerMillion: 500_000)
        let summary = Summary(first, schedule: schedule, seed: "s", end: 2 * Self.second)
        #expect(summary.sent == 5 && summary.unsent == 1 && summary.scheduled == 6)
        #expect(summary.ok == 2 && summary.writes == 1 && summary.reads == 1)
        #expect(summary.failed == 3 && summary.failures == ["status 502": 2, "TLS": 1])
        #expect(summary.instances == ["1": 3, "2": 1])
        #expect(summary.longestWriteGapSeconds == 1)
        #expect(summary.readLatencyMilliseconds?.max == 1.5 && summary.writeLatencyMilliseconds == nil)
    }

    @Test(arguments: [(1...2, 1), (2...3, 0), (4...5, 0), (7...9, 0), (8...9, 1)])
    func `a write that failed is outside the gap where it was not on its way then`(
        seconds: ClosedRange<Int64>, outside: Int
    ) {
        var tally = Tally()
        tally.acknowledgements = [1, 2, 3, 7, 8, 9].map { $0 * Self.second }
        tally.failedWrites = [seconds.lowerBound * Self.second...seconds.upperBound * Self.second]
        let schedule = Schedule(rate: 1, seconds: 10, writesPerMillion: 1_000_000)
        let summary = Summary(tally, schedule: schedule, seed: "s", end: 10 * Self.second)
        #expect(summary.failedWrites == 1 && summary.failedWritesOutsideGap == outside)
    }

    @Test func `it is one line of JSON, which names no gap where nothing was written`() throws {
        let schedule = Schedule(rate: 1, seconds: 1, writesPerMillion: 0)
        let text = try JSONLine.text(Summary(Tally(), schedule: schedule, seed: "s", end: Self.second))
        #expect(
            text == """
                {"failed":0,"failed_writes":0,"failed_writes_outside_gap":0,"failures":{},"instances":{},"ok":0,"reads":0,"retried":0,"scheduled":1,"seconds":1,\
                "seed":"s","sent":0,"unsent":1,"writes":0}
                """)
    }
}
