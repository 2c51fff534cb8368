#if canImport(Glibc)
    import Glibc
#endif

/// The file that acknowledged writes are appended to, each with one write(2) of its own: what was handed to the kernel
/// survives this program's SIGKILL.
final class LedgerFile: Sendable {
    private let descriptor: Int32

    init(appendingTo path: String) throws(LoadFailure) {
        descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw LoadFailure(73, "\(path) cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    deinit { close(descriptor) }

    func append(_ line: LedgerLine) throws(LoadFailure) {
        let bytes = Array((line.text + "\n").utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw LoadFailure(73, "the ledger cannot be written: \(String(cString: strerror(errno)))")
        }
    }

    /// Waits until the disk has it all.
    func synchronize() { fsync(descriptor) }
}
