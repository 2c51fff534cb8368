import CPostgres
import Synchronization

/// Takes a connection's notices, which libpq would print otherwise, and remembers the one that matters.
final class NoticeInbox: Sendable {
    private let sawBrokenWait = Atomic(false)

    /// Whether a wait for the synchronous standby was broken off since the last call. The server reports success then,
    /// although a failover may lose the transaction.
    func takeBrokenWait() -> Bool { sawBrokenWait.exchange(false, ordering: .relaxed) }

    /// The inbox must outlive the connection.
    func receive(from connection: OpaquePointer) {
        PQsetNoticeReceiver(
            connection,
            { argument, result in
                guard let argument, let result else { return }
                Unmanaged<NoticeInbox>.fromOpaque(argument).takeUnretainedValue().take(result)
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    private func take(_ notice: OpaquePointer) {
        // The message is translated and has no SQLSTATE of its own; the C function that reports it is the same in every
        // language.
        let sourceFunction = Int32(UInt8(ascii: "R"))
        guard let name = PQresultErrorField(notice, sourceFunction) else { return }
        if String(cString: name) == "SyncRepWaitForLSN" { sawBrokenWait.store(true, ordering: .relaxed) }
    }
}
