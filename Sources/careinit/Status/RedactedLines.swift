import Secrets
import Synchronization

/// Passes a stream on line by line, without the secrets that are known: a secret may come in two pieces.
final class RedactedLines: Sendable {
    private let redactor: Redactor
    private let write: @Sendable (ArraySlice<UInt8>) -> Void
    private let rest = Mutex<[UInt8]>([])

    init(_ redactor: Redactor, write: @escaping @Sendable (ArraySlice<UInt8>) -> Void) {
        self.redactor = redactor
        self.write = write
    }

    func take(_ bytes: ArraySlice<UInt8>) {
        let whole = rest.withLock { rest -> [UInt8] in
            rest += bytes
            guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
            defer { rest.removeFirst(end + 1) }
            return Array(rest[...end])
        }
        if !whole.isEmpty { write(redactor.redact(whole)[...]) }
    }

    /// What has come since the last end of a line.
    func end() {
        let left = rest.withLock { rest in
            defer { rest = [] }
            return rest
        }
        if !left.isEmpty { write(redactor.redact(left)[...]) }
    }
}
