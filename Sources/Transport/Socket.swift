#if canImport(Glibc)
    import Glibc
#endif

/// One connected stream socket: TCP or unix-domain.
final class Socket: ByteStream {
    private let descriptor: Int32
    private static let blockSize = 16 * 1024

    /// Tries each address of the endpoint in turn until one takes the connection.
    static func connect(to endpoint: Endpoint, deadline: Deadline) throws(TransportError) -> Socket {
        var lastErrno = ECONNREFUSED
        let socket = try endpoint.withAddresses { (address, length) throws(TransportError) -> Socket? in
            let socket = try Socket(family: Int32(address.pointee.sa_family))
            let errno = try socket.connect(address, length, deadline: deadline)
            if errno == 0 { return socket }
            lastErrno = errno
            return nil
        }
        guard let socket else { throw .unreachable(errno: lastErrno) }
        return socket
    }

    private init(family: Int32) throws(TransportError) {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        descriptor = socket(family, type, 0)
        guard descriptor >= 0 else { throw .system(call: "socket", errno: errno) }
        guard family != AF_UNIX else { return }
        // A request is one small write: it must not wait for the acknowledgement of the one before.
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func send(_ bytes: [UInt8], deadline: Deadline) throws(TransportError) {
        var sent = 0
        while sent < bytes.count {
            // MSG_NOSIGNAL: a peer that has gone is an error here, not a SIGPIPE for the whole program.
            let count = bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[sent...])
                return Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                sent += count
            } else {
                try waitOrThrow(errno, for: POLLOUT, stage: .send, deadline: deadline)
            }
        }
    }

    func receive(deadline: Deadline) throws(TransportError) -> [UInt8] {
        while true {
            var failure: Int32 = 0
            let block = [UInt8](unsafeUninitializedCapacity: Self.blockSize) { buffer, count in
                let received = recv(descriptor, buffer.baseAddress, buffer.count, 0)
                if received < 0 { failure = errno }
                count = max(received, 0)
            }
            if failure == 0 { return block }
            try waitOrThrow(failure, for: POLLIN, stage: .receive, deadline: deadline)
        }
    }

    /// The errno of the attempt, 0 for a connection.
    private func connect(
        _ address: UnsafePointer<sockaddr>, _ length: socklen_t, deadline: Deadline
    ) throws(TransportError) -> Int32 {
        if Glibc.connect(descriptor, address, length) == 0 { return 0 }
        guard errno == EINPROGRESS || errno == EINTR else { return errno }
        try wait(for: POLLOUT, stage: .connect, deadline: deadline)
        var status: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &status, &size) == 0 else { return errno }
        return status
    }

    private func waitOrThrow(
        _ errno: Int32, for events: Int32, stage: TransportError.Stage, deadline: Deadline
    ) throws(TransportError) {
        switch errno {
        case EINTR: return
        case EAGAIN: try wait(for: events, stage: stage, deadline: deadline)
        case EPIPE, ECONNRESET: throw .closed(bytesReceived: 0)
        default: throw .system(call: stage.rawValue, errno: errno)
        }
    }

    private func wait(
        for events: Int32, stage: TransportError.Stage, deadline: Deadline
    ) throws(TransportError) {
        var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
        while true {
            let ready = poll(&entry, 1, deadline.milliseconds)
            if ready > 0 { return }
            if ready == 0 && deadline.hasPassed { throw .timedOut(stage) }
            if ready < 0 && errno != EINTR { throw .system(call: "poll", errno: errno) }
        }
    }
}
