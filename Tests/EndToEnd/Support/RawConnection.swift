#if canImport(Glibc)
    import Glibc
#endif

/// A TCP connection that sends just what a test says, when it says it.
final class RawConnection {
    private let descriptor: Int32

    /// To `127.0.0.1:3001`, or wherever a status says.
    convenience init(to listener: String) throws {
        let parts = listener.split(separator: ":")
        guard parts.count == 2, let port = UInt16(parts[1]) else {
            throw HarnessError("\(listener) is no listener")
        }
        try self.init(String(parts[0]), port: port)
    }

    init(_ host: String = "127.0.0.1", port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        let code = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard code == 0 else { throw HarnessError("connect to port \(port): errno \(errno)") }
        // No test waits for ever.
        var limit = timeval(tv_sec: 40, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else {
            throw HarnessError("send: errno \(errno)")
        }
    }

    /// Everything until the other side closes, or nothing comes any more.
    func receiveToEnd() -> String {
        var received: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = recv(descriptor, &block, block.count, 0)
            guard count > 0 else { return String(decoding: received, as: UTF8.self) }
            received += block[..<count]
        }
    }
}
