/// How long whoever keeps failing has to wait: nothing at first, then twice as long each time, then for a fixed time.
struct AttemptPolicy: Sendable, Equatable {
    /// Failures that cost nothing: people mistype.
    var free: Int
    /// From this failure on it is `longest`.
    var lockout: Int
    /// Seconds.
    var longest: Int

    /// For one account, whether or not there is such a user: ten failures, then a quarter of an hour for each further try.
    static let account = AttemptPolicy(free: 3, lockout: 10, longest: 900)
    /// For one client address, behind which may be a whole care home.
    static let source = AttemptPolicy(free: 20, lockout: 32, longest: 300)

    /// Seconds after the last failure and its wait, after which the next one is the first.
    static let memory = 3600

    /// What is known of earlier attempts, as the database's clock sees it.
    struct Record: Equatable, Sendable {
        var failures: Int
        /// Seconds still to wait; zero or less where the wait is over.
        var blockedFor: Int
        /// Seconds since the last attempt that counted.
        var age: Int
    }

    enum Decision: Equatable, Sendable {
        case refuse(retryAfterSeconds: Int)
        /// The attempt counts as a failure until it turns out well, so that a hundred at the same time count a hundred.
        case count(failures: Int, blockSeconds: Int)
    }

    func decide(_ record: Record) -> Decision {
        guard record.blockedFor <= 0 else { return .refuse(retryAfterSeconds: record.blockedFor) }
        let failures = record.age + record.blockedFor > Self.memory ? 1 : min(record.failures, 1_000_000) + 1
        return .count(failures: failures, blockSeconds: wait(after: failures))
    }

    func wait(after failures: Int) -> Int {
        if failures < free { return 0 }
        return failures >= lockout ? longest : min(longest, 1 << min(failures - free, 20))
    }
}
