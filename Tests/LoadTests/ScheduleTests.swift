import Testing

@testable import careload

@Suite struct ScheduleTests {
    private let schedule = Schedule(rate: 200, seconds: 30, writesPerMillion: 300_000)

    @Test func `requests are due at even distances for as long as the run lasts`() {
        #expect(schedule.count == 6000)
        #expect(schedule.offset(of: 0) == 0)
        #expect(schedule.offset(of: 1) == 5_000_000)
        #expect(schedule.offset(of: 5999) == 29_995_000_000)
        #expect(Schedule(rate: 0.5, seconds: 3, writesPerMillion: 0).count == 2)
    }

    @Test func `the share of writes is kept to, and they are spread`() {
        let writes = (0..<schedule.count).filter(schedule.isWrite)
        #expect(writes.count == 1800)
        #expect(zip(writes, writes.dropFirst()).allSatisfy { (3...4).contains($1 - $0) })
    }

    @Test func `writes are numbered without a gap`() {
        let numbers = (0..<schedule.count).filter(schedule.isWrite).map(schedule.writes(before:))
        #expect(numbers == Array(0..<1800))
    }

    @Test(arguments: [(0, 0), (1_000_000, 10)])
    func `none and all are shares too`(share: Int, writes: Int) {
        let schedule = Schedule(rate: 10, seconds: 1, writesPerMillion: share)
        #expect((0..<10).count(where: schedule.isWrite) == writes)
    }
}
