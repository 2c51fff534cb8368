import Synchronization

/// What is counted of every request.
final class RequestMetrics: Sendable {
    /// The upper bounds of the histogram's buckets in nanoseconds: from a prepared reply to a proxy's patience.
    static let bounds: [UInt64] = [
        100_000, 500_000, 1_000_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 200_000_000,
        500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000,
    ]

    private static let methods = Method.allCases.count
    private static let statuses = Status.allCases
    /// 2xx to 5xx: nothing is answered with 1xx.
    private static let statusClasses = 4
    /// The buckets, what is above them all, and the sum.
    private static let columns = bounds.count + 2

    private let requests = CounterTable(count: Route.allCases.count * methods * statuses.count)
    private let durations = CounterTable(count: Route.allCases.count * methods * statusClasses * columns)
    private let active = Atomic<Int>(0)

    /// Requests whose reply is not sent yet.
    var inFlight: Int { active.load(ordering: .acquiring) }

    func began() { active.add(1, ordering: .relaxed) }

    func ended() { active.subtract(1, ordering: .releasing) }

    /// The reply is ready to be sent.
    func answered(_ route: Route, _ method: Method, _ status: Status, nanoseconds: UInt64) {
        requests.add(at: Self.requestIndex(route, method, status))
        let row = Self.durationIndex(route, method, status.group)
        let bucket = Self.bounds.firstIndex { nanoseconds <= $0 } ?? Self.bounds.count
        durations.add(at: row + bucket)
        durations.add(nanoseconds, at: row + Self.columns - 1)
    }

    func count(_ route: Route, _ method: Method, _ status: Status) -> UInt64 {
        requests[Self.requestIndex(route, method, status)]
    }

    /// `group` is the first digit of the statuses.
    func histogram(_ route: Route, _ method: Method, _ group: Int) -> Histogram {
        let row = Self.durationIndex(route, method, group)
        return Histogram(
            counts: (0...Self.bounds.count).map { durations[row + $0] },
            nanoseconds: durations[row + Self.columns - 1])
    }

    struct Histogram: Equatable, Sendable {
        /// One for each bound, and one for what is above them; not cumulated.
        var counts: [UInt64]
        var nanoseconds: UInt64

        var total: UInt64 { counts.reduce(0, +) }
    }

    private static func durationIndex(_ route: Route, _ method: Method, _ group: Int) -> Int {
        ((Int(route.rawValue) * methods + Int(method.rawValue)) * statusClasses + group - 2) * columns
    }

    private static func requestIndex(_ route: Route, _ method: Method, _ status: Status) -> Int {
        let column = statuses.firstIndex(of: status) ?? 0
        return (Int(route.rawValue) * methods + Int(method.rawValue)) * statuses.count + column
    }
}
