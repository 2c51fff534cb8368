import Foundation

/// A server that answers each connection with a script: what to send, byte for byte, and when to close.
final class Listener: @unchecked Sendable {
    let port: UInt16
    let path: String?
    private let descriptor: Int32
    private let lock = NSLock()
    private var requests: [String] = []

    /// What the server has read, one text per connection step.
    var received: [String] { lock.withLock { requests } }

    /// For each connection in turn, the pieces to send, each after something has been read.
    init(unixPath: String? = nil, _ connections: [[Step]]) throws {
        path = unixPath
        let descriptor = socket(
            unixPath == nil ? AF_INET : AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        self.descriptor = descriptor
        port = try unixPath.map { try Self.bind(descriptor, path: $0) } ?? Self.bind(descriptor)
        guard listen(descriptor, 16) == 0 else { throw POSIXError(.EADDRINUSE) }
        Thread.detachNewThread { [self] in
            for steps in connections { serve(steps) }
        }
    }

    deinit { close(descriptor) }

    enum Step: Sendable {
        /// Waits for bytes of the client, then sends these.
        case reply(String)
        /// Sends more without waiting.
        case more([UInt8])
        /// Waits for bytes and closes without a word.
        case closeAfterRequest
        /// Closes with unread bytes, so that the client sees a reset.
        case reset
        /// Keeps the connection open and says nothing until the client goes.
        case silence
    }

    private func serve(_ steps: [Step]) {
        let client = accept(descriptor, nil, nil)
        guard client >= 0 else { return }
        defer { close(client) }
        for step in steps {
            switch step {
            case .reply(let text):
                readOnce(client)
                sendAll(client, Array(text.utf8))
            case .more(let bytes): sendAll(client, bytes)
            case .closeAfterRequest: readOnce(client)
            case .reset:
                var linger = linger(l_onoff: 1, l_linger: 0)
                readOnce(client)
                setsockopt(client, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
            case .silence: while readOnce(client) {}
            }
        }
    }

    @discardableResult
    private func readOnce(_ client: Int32) -> Bool {
        var block = [UInt8](repeating: 0, count: 65536)
        let count = recv(client, &block, block.count, 0)
        guard count > 0 else { return false }
        lock.withLock { requests.append(String(decoding: block.prefix(count), as: UTF8.self)) }
        return true
    }

    private func sendAll(_ client: Int32, _ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                send(client, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            sent += count
        }
    }

    static func bind(_ descriptor: Int32) throws -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                Foundation.bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard result else { throw POSIXError(.EADDRINUSE) }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func bind(_ descriptor: Int32, path: String) throws -> UInt16 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Foundation.bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw POSIXError(.EADDRINUSE) }
        return 0
    }
}

/// A port on which nothing listens now.
func unusedPort() throws -> UInt16 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    defer { close(descriptor) }
    return try Listener.bind(descriptor)
}
