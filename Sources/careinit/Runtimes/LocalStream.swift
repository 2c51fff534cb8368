import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// A connection to a server on this machine; every wait ends at one deadline.
final class LocalStream {
    private let socket: Descriptor
    private let deadline: ContinuousClock.Instant

    init(place: LocalHTTP.Place, timeout: Duration) throws(LocalHTTP.Failure) {
        deadline = .now + timeout
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let result: Int32
        switch place {
        case .socket(let path):
            socket = Descriptor(takingOwnershipOf: Glibc.socket(AF_UNIX, kind, 0))
            result = try Self.connect(socket, path: path)
        case .address(let text, let port):
            guard var address = SocketAddress(text, port: port) else {
                throw .unreachable(SystemError(call: "connect", subject: text, code: EADDRNOTAVAIL))
            }
            socket = Descriptor(takingOwnershipOf: Glibc.socket(address.family, kind, 0))
            result = address.withPointer { Glibc.connect(socket.number, $0, $1) }
        }
        if result != 0 { try finishConnecting(place) }
    }

    func write(_ bytes: [UInt8]) throws(LocalHTTP.Failure) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 { sent += count } else { try retry("send", POLLOUT) }
        }
    }

    /// The next bytes, empty at the end.
    func read() throws(LocalHTTP.Failure) -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: 16384)
        while true {
            let count = recv(socket.number, &chunk, chunk.count, 0)
            if count >= 0 { return Array(chunk[..<count]) }
            try retry("recv", POLLIN)
        }
    }

    func readToEnd(limit: Int) throws(LocalHTTP.Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let more = try read()
            if more.isEmpty { return bytes }
            bytes += more
            if bytes.count > limit { throw .tooLong }
        }
    }

    private static func connect(_ socket: Descriptor, path: String) throws(LocalHTTP.Failure) -> Int32 {
        var address = sockaddr_un()
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw .unreachable(SystemError(call: "connect", subject: path, code: ENAMETOOLONG))
        }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(socket.number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private func finishConnecting(_ place: LocalHTTP.Place) throws(LocalHTTP.Failure) {
        guard errno == EINPROGRESS else { throw .unreachable(.last("connect", "\(place)")) }
        try wait(for: POLLOUT)
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(socket.number, SOL_SOCKET, SO_ERROR, &code, &size)
        if code != 0 { throw .unreachable(SystemError(call: "connect", subject: "\(place)", code: code)) }
    }

    /// Waits where the call only came too early; throws for every other reason.
    private func retry(_ call: String, _ events: Int32) throws(LocalHTTP.Failure) {
        if errno == EINTR { return }
        guard errno == EAGAIN || errno == EWOULDBLOCK else { throw .unreachable(.last(call, "a connection")) }
        try wait(for: events)
    }

    private func wait(for events: Int32) throws(LocalHTTP.Failure) {
        var set = pollfd(fd: socket.number, events: Int16(events), revents: 0)
        let remaining = ContinuousClock.now.duration(to: deadline)
        guard remaining > .zero, poll(&set, 1, remaining.wholeMilliseconds) != 0 else { throw .timedOut }
    }
}
