#if canImport(Glibc)
    import Glibc
#endif

/// One connection to a port of this machine, byte for byte.
final class RawClient: @unchecked Sendable {
    // Unchecked: the descriptor never changes.
    private let descriptor: Int32

    /// Nil where nobody listens.
    init?(port: UInt16, patience seconds: Int = 30) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else {
            close(descriptor)
            return nil
        }
        var patience = timeval(tv_sec: seconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// What comes next, up to 64 KiB; empty once the other side has closed, or says nothing for too long.
    func receive() -> String {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        return String(decoding: chunk.prefix(max(0, count)), as: UTF8.self)
    }

    /// Whether the other side closed within so many milliseconds.
    func isClosed(within milliseconds: Int32) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, milliseconds) > 0 && receive().isEmpty
    }

    /// Everything until the other side closes.
    func receiveAll() -> String {
        var text = ""
        while true {
            let piece = receive()
            if piece.isEmpty { return text }
            text += piece
        }
    }

    /// A GET over a connection of its own; empty where nobody listens.
    static func get(_ path: String, port: UInt16, headers: [String] = [], patience: Int = 30) -> String {
        guard let client = RawClient(port: port, patience: patience) else { return "" }
        client.send(request(path, headers + ["Connection: close"]))
        return client.receiveAll()
    }

    static func request(_ path: String, _ headers: [String] = []) -> String {
        (["GET \(path) HTTP/1.1", "Host: localhost"] + headers).joined(separator: "\r\n") + "\r\n\r\n"
    }
}
