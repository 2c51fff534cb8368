import CPostgres
import Glibc

/// Owns libpq's connection and the inbox of its notices.
final class ConnectionHandle {
    let pointer: OpaquePointer
    let notices = NoticeInbox()

    init(takingOwnershipOf pointer: OpaquePointer) {
        self.pointer = pointer
        notices.receive(from: pointer)
    }

    deinit { PQfinish(pointer) }

    var errorMessage: String {
        let message = PQerrorMessage(pointer).map { String(cString: $0) } ?? ""
        return message.split(separator: "\n").joined(separator: "; ")
    }

    /// A setting that the server reports without being asked.
    func reportedSetting(_ name: String) -> String? {
        PQparameterStatus(pointer, name).map { String(cString: $0) }
    }

    /// Waits for the socket; false once the deadline has passed.
    func wait(for events: Int32, until deadline: Deadline) -> Bool {
        var request = pollfd(fd: PQsocket(pointer), events: Int16(events), revents: 0)
        while true {
            let count = poll(&request, 1, deadline.pollTimeout)
            if count > 0 { return true }
            if deadline.hasPassed { return false }
        }
    }
}

/// A second descriptor of a connection's socket, so that another thread can end the conversation: libpq may close its
/// own descriptor at any time, whose number then belongs to somebody else.
final class SocketGrip: Sendable {
    private let descriptor: Int32

    init(_ descriptor: Int32) { self.descriptor = fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Wakes whoever waits for the socket, with an end of file.
    func hangUp() { if descriptor >= 0 { shutdown(descriptor, Int32(SHUT_RDWR)) } }
}
