#if canImport(Glibc)
    import Glibc
#endif

/// What was out of order when a log was opened, and what was done about it. Nothing is thrown away.
package enum ChainRepair: Sendable, Equatable {
    /// The end of a line that was never whole now lies in a file of that name.
    case tornEnd(bytes: Int, keptIn: String)
    /// The chain did not hold, and its files now have other names; a new chain begins.
    case brokenChain(ChainFault, file: String, keptIn: String)

    /// As it stands in the chain.
    var entry: [UInt8] {
        let members: [(String, FlatJSON.Value)] =
            switch self {
            case .tornEnd(let bytes, let kept):
                [
                    ("chain_event", .string("torn-end-set-aside")), ("bytes", .integer(Int64(bytes))),
                    ("kept_in", .string(kept)),
                ]
            case .brokenChain(let fault, let file, let kept):
                [
                    ("chain_event", .string("broken-chain-set-aside")), ("reason", .string(fault.reason.rawValue)),
                    ("file", .string(file)), ("line", .integer(Int64(fault.line))), ("kept_in", .string(kept)),
                ]
            }
        return FlatJSON.encode(members)
    }

    /// For people.
    package var text: String {
        switch self {
        case .tornEnd(let bytes, let kept):
            "the end of the log, \(bytes) bytes of a line that was never whole, is set aside as \(kept)"
        case .brokenChain(let fault, let file, let kept):
            "\(file):\(fault.line): \(fault.text); it is set aside as \(kept), and a new chain begins"
        }
    }
}

/// Finds out where a log goes on, and makes its last file such that it can.
struct ChainOpening {
    var head: HashChain
    /// Bytes of the file that grows.
    var size = 0
    var repairs: [ChainRepair] = []

    static func examine(_ place: ChainFolder, newID: String) throws(FileError) -> ChainOpening {
        let record = place.record()
        // What was rotated away was checked then; the last of it says where the growing file begins.
        let segments = place.segments()
        let tail = segments.last?.firstSequence == nil ? segments.suffix(2) : segments.suffix(1)
        let startsBehind = record?.kind == .rotated && tail.allSatisfy { $0.firstSequence == nil }
        var reading = ChainReading(
            after: startsBehind ? record?.head : nil, recorded: record.map { [$0.head] } ?? [])
        var (last, lines, size, torn) = (place.current, 0, 0, [UInt8]())
        do {
            for segment in tail {
                let bytes = try AtomicFile.read(segment.path, limit: ChainLog.sizeLimit)
                (last, lines) = (segment.path, 0)
                torn = Array(try reading.read(bytes) { _, number in lines = number })
                size = segment.firstSequence == nil ? bytes.count - torn.count : 0
                if !torn.isEmpty, segment.firstSequence != nil {
                    throw ChainFault(.torn, line: lines + 1, expected: (reading.head?.sequence ?? 0) + 1)
                }
            }
            try reading.finish(lastLine: lines)
        } catch let fault as ChainFault {
            return try beginAnew(place, newID, after: fault, in: last)
        } catch let error as FileError {
            throw error
        } catch {
            throw FileError(.read, path: last, errno: EINVAL)
        }
        guard let head = reading.head ?? HashChain(new: newID) else {
            throw FileError(.open, path: place.current, errno: EINVAL)
        }
        var opening = ChainOpening(head: head, size: size)
        if !torn.isEmpty { opening.repairs.append(try setAside(torn, of: place, keeping: size)) }
        return opening
    }

    private static func setAside(
        _ torn: [UInt8], of place: ChainFolder, keeping size: Int
    ) throws(FileError) -> ChainRepair {
        let path = place.aside("torn")
        try AtomicFile.write(torn, to: path)
        guard truncate(place.current, off_t(size)) == 0 else {
            throw FileError(.write, path: place.current, errno: errno)
        }
        return .tornEnd(bytes: torn.count, keptIn: name(path))
    }

    /// All files go, since none of them can be gone on from.
    private static func beginAnew(
        _ place: ChainFolder, _ newID: String, after fault: ChainFault, in path: String
    ) throws(FileError) -> ChainOpening {
        let kept = place.aside("broken")
        guard mkdir(kept, 0o700) == 0 else { throw FileError(.create, path: kept, errno: errno) }
        for file in place.segments().map(\.path) + [place.headFile] {
            guard rename(file, "\(kept)/\(name(file))") == 0 || errno == ENOENT else {
                throw FileError(.rename, path: file, errno: errno)
            }
        }
        try place.sync()
        guard let head = HashChain(new: newID) else { throw FileError(.open, path: place.current, errno: EINVAL) }
        return ChainOpening(
            head: head, repairs: [.brokenChain(fault, file: name(path), keptIn: name(kept))])
    }

    private static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
