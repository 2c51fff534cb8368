import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// What is read is written here first: a hash chain in a folder of the replica's own, which needs nobody but its disk.
///
/// Whoever reads waits until its event is on the disk. All who wait at the same time wait for one fsync (group commit): the first
/// to come writes for all who came until then.
final class AuditSpool: @unchecked Sendable {
    // Unchecked: everything variable is touched with the lock held, but for the log, which belongs to whoever leads.
    let place: ChainFolder
    let replica: Int
    private let condition = Condition()
    private var open = Batch()
    private var isLed = false
    private var log: ChainLog?
    private var retryAt: UInt64 = 0
    private var silentUntil: UInt64 = 0
    private var counts = Statistics()
    private let onTrouble: @Sendable (String) -> Void

    struct Statistics: Sendable, Equatable {
        /// Events that are on the disk.
        var events = 0
        /// How often it was waited for the disk.
        var commits = 0
        /// Events that could not be written: their requests were refused.
        var failures = 0
        /// Torn ends and broken chains that were set aside.
        var repairs = 0
        /// The last line that is on the disk.
        var head: HashChain?
        /// The last line that PostgreSQL has confirmed.
        var shipped: Int64 = 0
    }

    /// Events that are written together.
    private final class Batch {
        var entries: [[UInt8]] = []
        var result: Bool?
    }

    /// Of its files.
    static let name = "reads"
    /// A log that cannot be opened is not tried more often.
    private static let pause: UInt64 = 1_000_000_000
    private static let silence: UInt64 = 10_000_000_000

    /// - Parameters:
    ///   - folder: The replica's own; made where there is none, at the first event.
    ///   - replica: Its number.
    ///   - onTrouble: Hears, for the log, of what went wrong.
    init(folder: String, replica: Int, onTrouble: @escaping @Sendable (String) -> Void) {
        place = ChainFolder(folder, name: Self.name)
        self.replica = replica
        self.onTrouble = onTrouble
    }

    var statistics: Statistics { condition.withLock { counts } }

    /// Writes an event, and returns once it is on the disk; false where that could not be done.
    func record(_ event: AuditEvent) -> Bool {
        let entry = event.json(replica: replica)
        condition.lock()
        defer { condition.unlock() }
        let batch = open
        batch.entries.append(entry)
        while batch.result == nil {
            if isLed { condition.wait() } else { lead() }
        }
        return batch.result == true
    }

    /// Runs `body` while nobody writes; nil where the log cannot be opened or `body` fails.
    func withLog<Result>(_ body: (ChainLog) throws(FileError) -> Result) -> Result? {
        condition.lock()
        while isLed { condition.wait() }
        isLed = true
        condition.unlock()
        defer {
            condition.withLock {
                isLed = false
                condition.broadcast()
            }
        }
        do throws(FileError) { return try body(try opened()) } catch {
            trouble(error)
            return nil
        }
    }

    func shipped(_ sequence: Int64) { condition.withLock { counts.shipped = max(counts.shipped, sequence) } }

    /// Lets go of the folder, so that another process may write there.
    func close() {
        condition.withLock {
            while isLed { condition.wait() }
            log = nil
            retryAt = .max
        }
    }
}

extension AuditSpool {
    /// Called with the lock held, and returns with it.
    private func lead() {
        isLed = true
        let batch = open
        open = Batch()
        condition.unlock()
        let head = write(batch.entries)
        condition.lock()
        batch.result = head != nil
        if let head {
            counts.events += batch.entries.count
            counts.commits += 1
            counts.head = head
        } else {
            counts.failures += batch.entries.count
        }
        isLed = false
        condition.broadcast()
    }

    private func write(_ entries: [[UInt8]]) -> HashChain? {
        do throws(FileError) {
            let log = try opened()
            try log.append(entries)
            try log.sync()
            return log.head
        } catch {
            // Opened anew, the log goes on behind what can be read. Where the disk failed, a crash may yet take that away: the
            // chain tells, and nobody was shown what it spoke of.
            if log != nil { retryAt = MonotonicClock.nanoseconds() + Self.pause }
            log = nil
            trouble(error)
            return nil
        }
    }

    private func opened() throws(FileError) -> ChainLog {
        if let log { return log }
        let now = MonotonicClock.nanoseconds()
        guard now >= retryAt else { throw FileError(.open, path: place.current, errno: EAGAIN) }
        retryAt = now + Self.pause
        guard mkdir(place.folder, 0o700) == 0 || errno == EEXIST else {
            throw FileError(.create, path: place.folder, errno: errno)
        }
        let replica = replica
        let log = try ChainLog(place, newID: { "replica-\(replica)-\(RandomUUID.make())" }, waits: false)
        retryAt = 0
        self.log = log
        for repair in log.mended { onTrouble("audit spool: \(repair.text)") }
        let (head, repairs) = (log.head, log.mended.count)
        condition.withLock {
            counts.head = head
            counts.repairs += repairs
        }
        return log
    }

    /// A full disk would fill the log as well.
    private func trouble(_ error: FileError) {
        let now = MonotonicClock.nanoseconds()
        guard error.errno != EAGAIN, now >= silentUntil else { return }
        silentUntil = now + Self.silence
        onTrouble("audit spool: \(error)")
    }
}
