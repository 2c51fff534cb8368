import Testing

@testable import carenotes

struct MonitorTests {
    @Test func `a waiting thread hears of each update`() {
        let monitor = Monitor(0)
        let results = inParallel(4) { index -> Int? in
            if index == 0 {
                for _ in 1...3 { monitor.update { $0 += 1 } }
                return nil
            }
            return monitor.wait(until: Deadline(in: .seconds(30))) { $0 == 3 ? $0 : nil }
        }
        #expect(results.count { $0 == 3 } == 3)
    }

    @Test func `a wait ends with its deadline`() {
        let monitor = Monitor(0)
        let deadline = Deadline(in: .milliseconds(10))
        let result: Int? = monitor.wait(until: deadline) { _ in nil }
        #expect(result == nil && deadline.hasPassed)
    }

    @Test func `a poll ends after its deadline and not before`() {
        #expect(Deadline(in: .microseconds(-5)).pollTimeout == 0)
        #expect(Deadline(in: .seconds(3)).pollTimeout > 2000)
        #expect(Deadline(in: .seconds(10_000_000)).pollTimeout == Int32.max)
    }
}
