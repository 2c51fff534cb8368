#if canImport(Glibc)
    import Glibc
#endif

/// Opens the socket that the server listens on: on loopback or in a private network, since nginx is the door to it.
enum ListeningSocket {
    /// Connections that wait to be accepted; the kernel takes the lesser of this and net.core.somaxconn.
    private static let backlog: Int32 = 4096

    /// Returns a descriptor that the caller owns. Port 0 is any free port.
    static func open(_ address: String = "127.0.0.1", port: UInt16) throws(ServeFailure) -> Int32 {
        let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0, let number = self.address(address) else {
            throw .cannotListen(address: address, port: port, errno: errno)
        }
        guard bind(descriptor, number, port), listen(descriptor, backlog) == 0 else {
            let code = errno
            close(descriptor)
            throw .cannotListen(address: address, port: port, errno: code)
        }
        return descriptor
    }

    /// The port that the socket listens on; 0 where it has none.
    static func port(of descriptor: Int32) -> UInt16 {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return result == 0 ? UInt16(bigEndian: address.sin_port) : 0
    }

    /// An IPv4 address as the kernel takes it; nil for anything else.
    static func address(_ text: String) -> in_addr? {
        var number = in_addr()
        return inet_pton(AF_INET, text, &number) == 1 ? number : nil
    }

    private static func bind(_ descriptor: Int32, _ number: in_addr, _ port: UInt16) -> Bool {
        // A restart must not wait for the connections of the process before it to time out.
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = number
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
