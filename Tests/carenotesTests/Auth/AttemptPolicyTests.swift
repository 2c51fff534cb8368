import Testing

@testable import carenotes

@Suite struct AttemptPolicyTests {
    @Test func `an account waits longer after each failure, and then a quarter of an hour`() {
        let waits = (1...12).map { AttemptPolicy.account.wait(after: $0) }
        #expect(waits == [0, 0, 1, 2, 4, 8, 16, 32, 64, 900, 900, 900])
    }

    @Test func `a place that a whole house shares has more room`() {
        let waits = [1, 19, 20, 21, 28, 29, 31, 32, 1000].map { AttemptPolicy.source.wait(after: $0) }
        #expect(waits == [0, 0, 1, 2, 256, 300, 300, 300, 300])
    }

    @Test(arguments: [
        (0, 0, 0, AttemptPolicy.Decision.count(failures: 1, blockSeconds: 0)),
        (2, -1, 5, .count(failures: 3, blockSeconds: 1)), (9, 0, 64, .count(failures: 10, blockSeconds: 900)),
        (5, 3, 1, .refuse(retryAfterSeconds: 3)), (10, 900, 0, .refuse(retryAfterSeconds: 900)),
        // An hour after the end of the wait, all is forgotten.
        (10, -3599, 4500, .count(failures: 11, blockSeconds: 900)),
        (10, -3700, 4600, .count(failures: 11, blockSeconds: 900)),
        (10, -3601, 7300, .count(failures: 1, blockSeconds: 0)),
        (Int.max, 0, 0, .count(failures: 1_000_001, blockSeconds: 900)),
    ])
    func `a wait is kept, and old failures are forgotten`(
        failures: Int, blockedFor: Int, age: Int, expected: AttemptPolicy.Decision
    ) {
        let record = AttemptPolicy.Record(failures: failures, blockedFor: blockedFor, age: age)
        #expect(AttemptPolicy.account.decide(record) == expected)
    }
}
