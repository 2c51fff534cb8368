import Secrets

/// Checks what the trail holds: each chain in the database, each spool, and that one goes on from the other. Gives one line for each.
struct AuditVerification {
    private(set) var lines: [String] = []
    private(set) var isBroken = false
    /// Where each chain stands in the database.
    private var heads: [String: HashChain] = [:]

    mutating func check(_ reader: AuditReader, retentionDays: Int) throws(RecordsError) {
        for chain in try reader.chains() { try check(chain, reader) }
        let counts = try reader.counts(retentionDays: retentionDays)
        lines.append("database: \(counts.changes) events in the transactions of changes")
        lines.append("database: \(counts.due) events are older than \(retentionDays) days and due for appraisal")
    }

    private mutating func check(_ chain: String, _ reader: AuditReader) throws(RecordsError) {
        var reading = ChainReading()
        while true {
            let bytes = try reader.lines(of: chain, after: reading.head?.sequence ?? 0)
            if bytes.isEmpty { break }
            do throws(ChainFault) { _ = try reading.read(bytes) } catch {
                return fail("database: \(chain): line \(error.expected): \(error.text)")
            }
        }
        heads[chain] = reading.head
        let first = reading.firstSequence ?? 0
        // What is past its time is removed from the front only.
        let start = first > 1 ? ", from \(first) on" : ""
        lines.append("database: \(chain): \(reading.count) lines hold\(start)")
    }

    /// - Parameters:
    ///   - folder: The folder of the spool.
    ///   - isDatabaseKnown: Whether the database was checked before, so that what is not there is missing.
    /// - Throws: ENOENT where there is no spool, or why a file cannot be read.
    mutating func check(spool folder: String, isDatabaseKnown: Bool) throws(FileError) {
        let place = ChainFolder(folder, name: AuditSpool.name)
        let record = place.record()
        guard record != nil || !place.segments().isEmpty else {
            throw FileError(.open, path: place.current, errno: 2)
        }
        let found = try ChainVerification(of: place)
        if let fault = found.fault { return fail("\(fault.file):\(fault.fault.line): \(fault.fault.text)") }
        for path in place.setAside() where path.contains(".broken-") {
            fail("\(path): a chain that did not hold was set aside")
        }
        if isDatabaseKnown, let problem = gap(found, record?.head) { return fail("\(folder): \(problem)") }
        let torn = found.tornBytes > 0 ? ", and \(found.tornBytes) bytes of one that was never whole" : ""
        lines.append("\(folder): \(found.count) lines hold\(torn)")
    }

    /// What the spool has given away must be in the database.
    private func gap(_ found: ChainVerification, _ record: HashChain?) -> String? {
        guard let head = found.head ?? record else { return nil }
        let given = (found.firstSequence ?? head.sequence + 1) - 1
        guard let known = heads[head.id] else {
            return given > 0 ? "the database has no line of \(head.id), of which \(given) were given to it" : nil
        }
        if known.sequence < given {
            return "the database has \(head.id) up to line \(known.sequence), and was given \(given)"
        }
        if known.sequence == head.sequence, known.hash != head.hash {
            return "the database has another line \(known.sequence) of \(head.id)"
        }
        return known.sequence > head.sequence
            ? "it ends with line \(head.sequence) of \(head.id), and the database has \(known.sequence)" : nil
    }

    private mutating func fail(_ what: String) {
        isBroken = true
        lines.append("BROKEN \(what)")
    }
}
