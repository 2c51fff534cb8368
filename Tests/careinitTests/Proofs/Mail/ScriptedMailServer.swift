import COpenSSL
import Certs
import Foundation

/// A mail server on a port of loopback that does what a script says, one script for each connection in turn and the last
/// one for all that follow; real sockets, real TLS.
final class ScriptedMailServer: @unchecked Sendable {
    enum Step: Sendable {
        /// Sends this line.
        case say(String)
        /// Waits for one line.
        case hear
        /// Waits for lines up to the one that holds a lone point.
        case hearMail
        /// Shakes hands, as the server, with the certificate.
        case tls
        /// Keeps the connection open and says nothing until the client goes.
        case silence
    }

    let port: UInt16
    private let descriptor: Int32
    private let pair: CertificatePair?
    private let scripts: [[Step]]
    private let lock = NSLock()
    private var lines: [String] = []

    /// The lines that clients said, on all connections.
    var heard: [String] { lock.withLock { lines } }

    init(_ scripts: [[Step]], pair: CertificatePair? = nil) throws {
        // OpenSSL writes to sockets whose client may have gone.
        signal(SIGPIPE, SIG_IGN)
        self.scripts = scripts
        self.pair = pair
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        self.descriptor = descriptor
        port = try LoopbackPort.bind(descriptor)
        guard listen(descriptor, 16) == 0 else { throw POSIXError(.EADDRINUSE) }
        Thread.detachNewThread { [weak self, descriptor] in
            var count = 0
            while true {
                let client = accept(descriptor, nil, nil)
                guard client >= 0 else { return }
                guard let self else {
                    close(client)
                    return
                }
                let script = scripts[min(count, scripts.count - 1)]
                count += 1
                Thread.detachNewThread { self.serve(client, script) }
            }
        }
    }

    deinit {
        // Wakes the thread that accepts.
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    private func serve(_ client: Int32, _ script: [Step]) {
        var peer = Peer(descriptor: client)
        defer { peer.close() }
        for step in script {
            switch step {
            case .say(let line): peer.send(Array("\(line)\r\n".utf8))
            case .hear:
                guard let line = peer.line() else { return }
                lock.withLock { lines.append(line) }
            case .hearMail:
                while let line = peer.line(), line != "." { lock.withLock { lines.append(line) } }
            case .tls: guard let pair, peer.acceptTLS(pair) else { return }
            case .silence: while peer.receive() != nil {}
            }
        }
    }
}

/// One client, in the clear or over TLS.
private struct Peer {
    let descriptor: Int32
    private var context: OpaquePointer?
    private var ssl: OpaquePointer?
    private var buffer: [UInt8] = []

    init(descriptor: Int32) { self.descriptor = descriptor }

    func close() {
        SSL_free(ssl)
        SSL_CTX_free(context)
        Glibc.close(descriptor)
    }

    mutating func acceptTLS(_ pair: CertificatePair) -> Bool {
        context = SSL_CTX_new(TLS_server_method())
        let files = [pair.certificatePEM, pair.keyPEM].map { bytes -> String in
            let path = NSTemporaryDirectory() + "careinit-mail-" + UUID().uuidString
            try? Data(bytes).write(to: URL(fileURLWithPath: path))
            return path
        }
        defer { for file in files { unlink(file) } }
        guard SSL_CTX_use_certificate_chain_file(context, files[0]) == 1,
            SSL_CTX_use_PrivateKey_file(context, files[1], SSL_FILETYPE_PEM) == 1
        else { return false }
        ssl = SSL_new(context)
        SSL_set_fd(ssl, descriptor)
        return SSL_accept(ssl) == 1
    }

    mutating func receive() -> [UInt8]? {
        var block = [UInt8](repeating: 0, count: 4096)
        let count = ssl.map { Int(SSL_read($0, &block, Int32(block.count))) } ?? recv(descriptor, &block, 4096, 0)
        return count > 0 ? Array(block.prefix(count)) : nil
    }

    mutating func line() -> String? {
        while true {
            if let end = buffer.firstIndex(of: 0x0A) {
                let line = String(decoding: buffer[..<end].filter { $0 != 0x0D }, as: UTF8.self)
                buffer.removeFirst(end + 1)
                return line
            }
            guard let block = receive() else { return nil }
            buffer += block
        }
    }

    func send(_ bytes: [UInt8]) {
        if let ssl {
            SSL_write(ssl, bytes, Int32(bytes.count))
        } else {
            _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        }
    }
}

/// Ports of 127.0.0.1 that the kernel gives out.
enum LoopbackPort {
    static func bind(_ descriptor: Int32) throws -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                Glibc.bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRINUSE) }
        return UInt16(bigEndian: address.sin_port)
    }

    /// One on which nothing listens now.
    static func unused() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        return try bind(descriptor)
    }
}
