#if canImport(Glibc)
    import Glibc
#endif

/// What checking a whole log found.
package struct ChainVerification: Sendable, Equatable {
    package struct Break: Sendable, Equatable {
        package var file: String
        package var fault: ChainFault

        package init(file: String, fault: ChainFault) {
            self.file = file
            self.fault = fault
        }
    }

    /// Lines that hold.
    package var count = 0
    package var firstSequence: Int64?
    package var head: HashChain?
    /// The first line that does not hold; nil where all do.
    package var fault: Break?
    /// Bytes behind the last whole line, which its next writer sets aside.
    package var tornBytes = 0

    package init() {}

    /// Reads every file of a log and checks it against the head that lies beside it.
    ///
    /// - Parameters:
    ///   - place: Where the log lies.
    ///   - recorded: Further heads that are known of it.
    ///   - each: Called with each line that holds.
    /// - Throws: Where a file cannot be read.
    package init(
        of place: ChainFolder, recorded: [HashChain] = [], each: (ChainLine) -> Void = { _ in }
    ) throws(FileError) {
        let record = place.record()
        let segments = place.segments()
        let begins = record?.kind == .rotated && segments.allSatisfy { $0.firstSequence == nil }
        try self.init(
            files: segments.map(\.path), after: begins ? record?.head : nil,
            recorded: recorded + (record.map { [$0.head] } ?? []), each: each)
        if segments.isEmpty, fault != nil { fault?.file = place.current }
    }

    /// Reads files that follow each other.
    package init(
        files: [String], after: HashChain? = nil, recorded: [HashChain] = [],
        each: (ChainLine) -> Void = { _ in }
    ) throws(FileError) {
        var reading = ChainReading(after: after, recorded: recorded)
        var (path, lines) = (files.last ?? "", 0)
        do {
            for (index, file) in files.enumerated() {
                (path, lines) = (file, 0)
                let rest = try reading.read(try AtomicFile.read(file, limit: ChainLog.sizeLimit)) { line, number in
                    lines = number
                    each(line)
                }
                guard !rest.isEmpty else { continue }
                guard index == files.count - 1 else {
                    throw ChainFault(.torn, line: lines + 1, expected: (reading.head?.sequence ?? 0) + 1)
                }
                tornBytes = rest.count
            }
            try reading.finish(lastLine: lines)
        } catch let error as ChainFault {
            fault = Break(file: path, fault: error)
        } catch let error as FileError {
            throw error
        } catch {
            throw FileError(.read, path: path, errno: EINVAL)
        }
        count = reading.count
        firstSequence = reading.firstSequence
        head = reading.head
    }
}
