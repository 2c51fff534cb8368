import Testing

@testable import carenotes

struct TokenBucketsTests {
    private static let second: UInt64 = 1_000_000_000
    private let policy = Settings.RateLimit(requests: 10, window: .seconds(20))

    @Test func `a full bucket lets as many through as the limit says, and then one for each share of the window`()
    {
        var buckets = TokenBuckets(policy, capacity: 10)
        let start = 100 * Self.second
        for taken in 1...10 { #expect(buckets.take([1], at: start).left == 10 - taken) }
        let refused = buckets.take([1], at: start)
        #expect(refused.isExceeded && refused.seconds == 2)
        #expect(buckets.take([1], at: start + Self.second).isExceeded)
        #expect(
            buckets.take([1], at: start + 2 * Self.second)
                == RateQuota(policy: policy, left: 0, resetsIn: .seconds(20)))
        #expect(buckets.take([1], at: start + 3 * Self.second).isExceeded)
    }

    @Test func `refused requests cost nothing, and a bucket is never more than full`() {
        var buckets = TokenBuckets(policy, capacity: 10)
        for _ in 0..<10 { _ = buckets.take([1], at: 0) }
        for _ in 0..<100 { #expect(buckets.take([1], at: 0).isExceeded) }
        #expect(buckets.take([1], at: 2 * Self.second).left == 0)
        #expect(buckets.take([1], at: 1000 * Self.second).left == 9)
        // A clock that another thread read before this one is no reason to fail.
        #expect(buckets.take([1], at: 0).left == 8)
    }

    @Test func `callers do not share a bucket`() {
        var buckets = TokenBuckets(policy, capacity: 10)
        for _ in 0..<11 { _ = buckets.take([1], at: 0) }
        #expect(buckets.take([2], at: 0).left == 9)
    }
}

struct RecentTableTests {
    @Test func `it never grows beyond twice its capacity, and keeps whom it saw last`() {
        var table = RecentTable<Int>(capacity: 100)
        for number in 0..<10_000 {
            table.set(number, for: [UInt8(number >> 8), UInt8(number & 255)])
            #expect(table.count <= 200)
        }
        #expect(table.value(of: [UInt8(9_950 >> 8), UInt8(9_950 & 255)]) == 9_950)
        #expect(table.value(of: [0, 0]) == nil)
        table.remove([UInt8(9_999 >> 8), UInt8(9_999 & 255)])
        #expect(table.value(of: [UInt8(9_999 >> 8), UInt8(9_999 & 255)]) == nil)
    }
}
