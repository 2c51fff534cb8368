import Testing

@testable import carenotes

@Suite struct AccountCountersTests {
    @Test func `each event has a count and a name of its own`() {
        let counters = AccountCounters()
        counters.add(.loggedIn)
        counters.add(.loggedIn)
        counters.add(.tokenReused)
        let counts = AccountCounters.Event.allCases.map { counters.count($0) }
        #expect(counts == [2, 0, 0, 0, 0, 1])
        #expect(Set(AccountCounters.Event.allCases.map(\.name)).count == counts.count)
    }

    @Test func `only what tells of guessers and thieves is counted of errors`() {
        let counted: [AccountError] = [
            .wrongCredentials, .tooManyAttempts(retryAfterSeconds: 1), .busy, .sessionOver(wasReused: true),
        ]
        #expect(counted.compactMap { AccountCounters.Event($0) }.count == 4)
        for error in [AccountError.sessionOver(wasReused: false), .emailTaken, .records(.internalFailure)] {
            #expect(AccountCounters.Event(error) == nil)
        }
    }
}
