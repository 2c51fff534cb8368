import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A descriptor that lines are written to, each in one piece, without ever waiting for its reader.
final class LogOutput: Sendable {
    private let descriptor: Int32
    private let lost = Mutex(0)
    /// What a pipe takes in one piece once poll(2) calls it writable.
    private static let longestLine = 4096

    init(descriptor: Int32) { self.descriptor = descriptor }

    /// Lines that were not written, because nobody reads or because they were too long.
    var dropped: Int { lost.withLock { $0 } }

    func write(_ line: [UInt8]) {
        // The lock keeps two threads from both seeing room for one line.
        lost.withLock { lost in
            guard line.count <= Self.longestLine, isWritable else {
                lost += 1
                return
            }
            line.withUnsafeBytes { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
        }
    }

    private var isWritable: Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&entry, 1, 0) == 1 && entry.revents & Int16(POLLOUT) != 0
    }
}
