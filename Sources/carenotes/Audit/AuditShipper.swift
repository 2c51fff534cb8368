import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// Brings what lies in the spool to PostgreSQL, as often as it takes: a line that is there already changes nothing.
///
/// A file of the spool is removed once PostgreSQL has confirmed its last line, hash and all.
final class AuditShipper: @unchecked Sendable {
    // Unchecked: only its own thread touches what is variable.
    private let spool: AuditSpool
    private let database: Database
    private let onTrouble: @Sendable (String) -> Void
    private var chain: String?
    private var through: Int64 = 0
    private var troubles = 0

    /// Lines in one transaction.
    private static let batch = 500
    /// A file that grows is rotated away, and with that soon removed, once it is longer, in bytes.
    static let rotationSize = 256 * 1024

    init(spool: AuditSpool, database: Database, onTrouble: @escaping @Sendable (String) -> Void) {
        self.spool = spool
        self.database = database
        self.onTrouble = onTrouble
    }

    /// Until it is told to end; what is not shipped by then, the next process ships.
    func run(every interval: Duration, until stop: StopSignal) {
        var pause = interval
        while stop.sleep(pause) {
            pause = step() ? interval : min(pause * 2, .seconds(5))
        }
    }

    /// Ships what is on the disk now. Returns whether PostgreSQL took it.
    func step() -> Bool {
        guard let head = spool.withLog({ log throws(FileError) in log.head }) else { return false }
        if chain != head.id { (chain, through) = (head.id, 0) }
        for segment in spool.place.segments() {
            if head.sequence > through || segment.firstSequence != nil {
                guard let last = ship(segment, upTo: head) else { return false }
                through = max(through, last)
                spool.shipped(through)
            }
            if segment.firstSequence != nil, unlink(segment.path) != 0 {
                trouble("\(segment.path) cannot be removed: \(errno)")
                return false
            }
        }
        _ = spool.withLog { log throws(FileError) in
            if log.size > Self.rotationSize { try log.rotate() }
        }
        return true
    }

    /// Gives the number of the last line of the file that PostgreSQL has, 0 for a file without lines; nil where it has not all.
    private func ship(_ segment: ChainFolder.Segment, upTo head: HashChain) -> Int64? {
        var lines: [ChainLine] = []
        var reading = ChainReading()
        do {
            _ = try reading.read(try AtomicFile.read(segment.path, limit: ChainLog.sizeLimit)) { line, _ in
                // Behind the head there may be lines that are not on the disk yet.
                if line.chain == head.id, line.sequence > through, line.sequence <= head.sequence {
                    lines.append(line)
                }
            }
        } catch {
            trouble("\(segment.path): \(error)")
            return nil
        }
        var last = through
        for start in stride(from: 0, to: lines.count, by: Self.batch) {
            let part = Array(lines[start..<min(start + Self.batch, lines.count)])
            guard send(part), let sent = part.last else { return nil }
            last = sent.sequence
        }
        return last
    }

    private func send(_ lines: [ChainLine]) -> Bool {
        let rows = lines.map { AuditRow($0) }
        do throws(RecordsError) {
            let found = try database.writes.perform { connection, deadline throws(PostgresError) in
                try AuditRow.ship(rows, on: connection, by: deadline)
            }
            guard found == rows.last?.hash else {
                trouble("PostgreSQL holds another line \(lines.last?.sequence ?? 0) of \(lines.last?.chain ?? "")")
                return false
            }
            return true
        } catch {
            // The database's own figures tell of that.
            if error == .internalFailure { trouble(database.statistics.lastFailure ?? "\(error)") }
            return false
        }
    }

    /// At first, and then about once a minute.
    private func trouble(_ what: String) {
        if troubles % 12 == 0 { onTrouble("audit shipping: \(what)") }
        troubles += 1
    }
}
