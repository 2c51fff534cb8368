import Testing

@testable import carenotes

struct CircuitBreakerTests {
    private let start = ContinuousClock.now
    private let dependency = Dependency(name: "database", longestOpenTime: .seconds(5))

    private func closed() -> CircuitBreaker {
        CircuitBreaker(dependency, threshold: 3, openTime: .seconds(60))
    }

    private func opened() throws -> CircuitBreaker {
        let breaker = closed()
        for _ in 0..<3 { breaker.failed(try #require(breaker.admit(at: start)), at: start) }
        return breaker
    }

    @Test func `it opens after as many failures in a row as the threshold says`() throws {
        let breaker = closed()
        let permit = try #require(breaker.admit(at: start))
        breaker.failed(permit, at: start)
        breaker.failed(permit, at: start)
        #expect(breaker.failuresInARow == 2)
        breaker.succeeded(permit)
        breaker.failed(permit, at: start)
        breaker.failed(permit, at: start)
        #expect(breaker.state(at: start) == .closed)
        breaker.failed(permit, at: start)
        #expect(breaker.state(at: start) == .open)
        #expect(breaker.admit(at: start + .milliseconds(4999)) == nil)
    }

    @Test(arguments: [
        (Dependency.database, Duration.seconds(5)), (.databaseReads, .seconds(5)), (.redis, .seconds(2)),
    ])
    func `it stays open no longer than its dependency is left alone, and less where the settings say so`(
        dependency: Dependency, longest: Duration
    ) {
        #expect(CircuitBreaker(dependency, threshold: 5, openTime: .seconds(60)).openTime == longest)
        #expect(CircuitBreaker(dependency, threshold: 5, openTime: .seconds(1)).openTime == .seconds(1))
    }

    @Test func `after its open time one operation at a time may try, and two successes close it`() throws {
        let breaker = try opened()
        let later = start + .seconds(5)
        #expect(breaker.state(at: later) == .halfOpen)
        let first = try #require(breaker.admit(at: later))
        #expect(breaker.admit(at: later) == nil)
        breaker.succeeded(first)
        #expect(breaker.state(at: later) == .halfOpen)
        let second = try #require(breaker.admit(at: later))
        #expect(breaker.admit(at: later) == nil)
        breaker.succeeded(second)
        #expect(breaker.state(at: later) == .closed && breaker.failuresInARow == 0)
        #expect(breaker.admit(at: later) == breaker.admit(at: later))
    }

    @Test(arguments: [0, 1])
    func `a failed probe opens it again for the whole time`(successes: Int) throws {
        let breaker = try opened()
        let later = start + .seconds(5)
        for _ in 0..<successes { breaker.succeeded(try #require(breaker.admit(at: later))) }
        breaker.failed(try #require(breaker.admit(at: later)), at: later)
        #expect(breaker.state(at: later + .seconds(4)) == .open)
        #expect(breaker.admit(at: later + .seconds(5)) != nil)
        #expect(breaker.admit(at: later + .seconds(5)) == nil)
    }

    @Test func `a probe that ends without a verdict leaves room for the next`() throws {
        let breaker = try opened()
        let later = start + .seconds(6)
        breaker.abandoned(try #require(breaker.admit(at: later)))
        #expect(breaker.state(at: later) == .halfOpen)
        #expect(breaker.admit(at: later) != nil)
    }

    @Test func `an operation without a verdict neither adds to the failures nor takes them back`() throws {
        let breaker = closed()
        let permit = try #require(breaker.admit(at: start))
        breaker.failed(permit, at: start)
        breaker.failed(permit, at: start)
        for _ in 0..<10 { breaker.abandoned(permit) }
        #expect(breaker.state(at: start) == .closed)
        breaker.failed(permit, at: start)
        #expect(breaker.state(at: start) == .open)
    }

    @Test func `a probe that never reports is taken for lost, and what it says later is old news`() throws {
        let breaker = try opened()
        let lost = try #require(breaker.admit(at: start + .seconds(5)))
        #expect(breaker.admit(at: start + .seconds(9)) == nil)
        let next = try #require(breaker.admit(at: start + .seconds(10)))
        breaker.failed(lost, at: start + .seconds(10))
        #expect(breaker.state(at: start + .seconds(10)) == .halfOpen)
        breaker.succeeded(next)
        breaker.succeeded(try #require(breaker.admit(at: start + .seconds(10))))
        #expect(breaker.state(at: start + .seconds(10)) == .closed)
    }

    @Test func `what was on its way when it opened neither closes it nor keeps it open for longer`() throws {
        let breaker = closed()
        let straggler = try #require(breaker.admit(at: start))
        for _ in 0..<3 { breaker.failed(try #require(breaker.admit(at: start)), at: start) }
        breaker.succeeded(straggler)
        #expect(breaker.state(at: start) == .open)
        breaker.failed(straggler, at: start + .seconds(4))
        #expect(breaker.admit(at: start + .seconds(5)) != nil)
    }

    @Test func `of many threads one probes`() throws {
        let breaker = try opened()
        let later = start + .seconds(5)
        let admitted = inParallel(16) { _ in breaker.admit(at: later) != nil }
        #expect(admitted.filter(\.self).count == 1)
    }
}
