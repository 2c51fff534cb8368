/// Which kind of work a request is: each has threads and a queue of its own.
enum Lane: String, Sendable, CaseIterable {
    /// Reads of records, which a standby answers.
    case reads
    /// What needs the primary: writes, and everything about accounts. In a failover all of it is stuck for some seconds.
    case writes
    /// What an operator asks to find out why.
    case insight

    init(_ route: Route, _ method: Method) {
        switch route {
        case _ where route.isRoutine: self = .insight
        case .authSetup, .authLogin, .authRefresh, .authLogout, .authPassword, .authMe, .users: self = .writes
        default: self = method.isRead ? .reads : .writes
        }
    }
}

/// The bulkheads of one replica.
final class Bulkheads: Sendable {
    private let byLane: [Lane: Bulkhead]

    /// A thread for each connection of the database, so that a thread that was found finds a connection, too.
    convenience init(poolMaximum: Int) {
        self.init([
            .reads: .init(threads: poolMaximum, queue: 256), .writes: .init(threads: poolMaximum, queue: 128),
            .insight: .init(threads: 2, queue: 8),
        ])
    }

    init(_ limits: [Lane: Bulkhead.Limits]) { byLane = limits.mapValues { Bulkhead($0) } }

    /// Nil for a lane that it was not made with, whose requests are then refused.
    subscript(lane: Lane) -> Bulkhead? { byLane[lane] }

    /// In the order of `Lane`.
    var statistics: [(lane: Lane, counts: Bulkhead.Statistics)] {
        Lane.allCases.compactMap { lane in byLane[lane].map { (lane, $0.statistics) } }
    }

    var waiting: Int { statistics.map(\.counts.waiting).reduce(0, +) }

    func close() { byLane.values.forEach { $0.close() } }
}
