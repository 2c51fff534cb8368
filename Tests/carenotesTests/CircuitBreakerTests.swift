import Testing

@testable import carenotes

struct CircuitBreakerTests {
    private let start = ContinuousClock.now

    private func opened() -> CircuitBreaker {
        let breaker = CircuitBreaker(name: "database", threshold: 3, openTime: .seconds(5))
        for _ in 0..<3 { breaker.failed(at: start) }
        return breaker
    }

    @Test func `it opens after as many failures in a row as the threshold says`() {
        let breaker = CircuitBreaker(name: "database", threshold: 3, openTime: .seconds(5))
        breaker.failed(at: start)
        breaker.failed(at: start)
        breaker.succeeded()
        breaker.failed(at: start)
        breaker.failed(at: start)
        #expect(breaker.state(at: start) == .closed)
        #expect(breaker.allows(at: start))
        breaker.failed(at: start)
        #expect(breaker.state(at: start) == .open)
        #expect(!breaker.allows(at: start + .milliseconds(4999)))
    }

    @Test func `after its open time one operation at a time may try`() {
        let breaker = opened()
        let later = start + .seconds(5)
        #expect(breaker.state(at: later) == .halfOpen)
        #expect(breaker.allows(at: later))
        #expect(!breaker.allows(at: later))
        breaker.succeeded()
        #expect(breaker.state(at: later) == .closed)
        #expect(breaker.allows(at: later))
    }

    @Test func `a failed probe opens it again for the whole time`() {
        let breaker = opened()
        let later = start + .seconds(5)
        #expect(breaker.allows(at: later))
        breaker.failed(at: later)
        #expect(breaker.state(at: later + .seconds(4)) == .open)
        #expect(breaker.allows(at: later + .seconds(5)))
    }

    @Test func `a probe that ends without a verdict leaves room for the next`() {
        let breaker = opened()
        let later = start + .seconds(6)
        #expect(breaker.allows(at: later))
        breaker.abandoned()
        #expect(breaker.allows(at: later))
    }

    @Test func `a probe that never reports is taken for lost`() {
        let breaker = opened()
        #expect(breaker.allows(at: start + .seconds(5)))
        #expect(!breaker.allows(at: start + .seconds(9)))
        #expect(breaker.allows(at: start + .seconds(10)))
    }
}
