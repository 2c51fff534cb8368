import Testing

@testable import carenotes

struct ConnectionProgressTests {
    private static let start: UInt64 = 1_000_000_000_000

    @Test(arguments: [
        (ConnectionProgress.Phase.connected, 10, 0, false), (.connected, 11, 0, true), (.idle, 75, 0, false),
        (.idle, 76, 0, true), (.working, 100_000, 0, false), (.takingReply, 60, 0, false),
        (.takingReply, 61, 0, true), (.sendingBody, 5, 0, false), (.sendingBody, 6, 8000, true),
        (.sendingBody, 6, 8200, false), (.sendingBody, 13, 65_536, false), (.sendingBody, 14, 65_536, true),
    ])
    func `each phase has its time, and a body its pace`(
        phase: ConnectionProgress.Phase, seconds: Int64, bytes: Int, isTooSlow: Bool
    ) {
        #expect(ProgressRules().isTooSlow(phase, after: .seconds(seconds), bytes: bytes) == isTooSlow)
        let progress = ConnectionProgress(descriptor: -1, at: Self.start)
        progress.enter(phase, at: Self.start)
        progress.received(bytes)
        // What is kept of an instant is eight nanoseconds wide.
        let now = Self.start + UInt64(seconds) * 1_000_000_000 + (isTooSlow ? 8 : 0)
        #expect(progress.fails(ProgressRules(), at: now) == isTooSlow)
    }

    @Test func `a second body begins at nothing`() {
        let progress = ConnectionProgress(descriptor: -1, at: Self.start)
        progress.enter(.sendingBody, at: Self.start)
        progress.received(1_000_000)
        progress.enter(.idle, at: Self.start)
        progress.enter(.sendingBody, at: Self.start)
        #expect(progress.fails(ProgressRules(), at: Self.start + 6_000_000_000))
    }

    @Test func `a clock that another thread read earlier is no reason to cut anybody off`() {
        let progress = ConnectionProgress(descriptor: -1, at: Self.start)
        #expect(!progress.fails(ProgressRules(), at: 0))
    }
}
