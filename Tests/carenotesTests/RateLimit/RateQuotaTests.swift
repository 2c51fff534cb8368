import Testing

@testable import carenotes

struct RateQuotaTests {
    private let policy = Settings.RateLimit(requests: 100, window: .seconds(60))

    @Test func `the headers say what may be done, what is left, and for how long`() {
        let quota = RateQuota(policy: policy, left: 7, resetsIn: .milliseconds(12_001))
        #expect(
            quota.headers == [
                Reply.Header(name: "RateLimit-Policy", value: #""default";q=100;w=60"#),
                Reply.Header(name: "RateLimit", value: #""default";r=7;t=13"#),
            ])
        #expect(!quota.isExceeded)
        #expect(!RateQuota(policy: policy, left: 0, resetsIn: .zero).isExceeded)
    }

    @Test func `one too many is answered 429 with the time to wait`() {
        let quota = RateQuota(policy: policy, left: -3, resetsIn: .milliseconds(1))
        #expect(quota.isExceeded && quota.headers[1].value == #""default";r=0;t=1"#)
        let reply = quota.problem.reply(requestID: "r")
        #expect(reply.status == .tooManyRequests && reply.text("code") == "rate-limited")
        #expect(reply.headers.map(\.name) == ["Retry-After", "RateLimit-Policy", "RateLimit"])
        #expect(reply.headers[0].value == "1")
    }

    @Test(
        arguments: [
            (0, 0, 0, 60_000), (59_999, 0, 0, 1), (60_000, 0, 1, 60_000), (0, 59_999, 0, 1),
            (1, 59_999, 1, 60_000),
            (1_764_122_400_123, 17, 29_402_040, 59_860),
        ] as [(Int64, UInt64, Int64, Int)])
    func `windows follow each other without a gap`(now: Int64, offset: UInt64, number: Int64, left: Int) {
        let window = RateWindow(.seconds(60), offset: offset, now: now)
        #expect(window.number == number && window.left == .milliseconds(left))
    }
}
