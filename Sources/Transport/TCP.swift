#if canImport(Glibc)
    import Glibc
#endif

/// Whether anything answers.
package enum TCP {
    /// Whether something takes a connection there, within the timeout. It is closed again at once.
    package static func isListening(_ address: String, port: UInt16, timeout: Duration) -> Bool {
        isListening(.tcp(host: address, port: port), timeout: timeout)
    }

    /// Sends the bytes, and receives until enough has come or the other side has ended.
    package static func exchange(
        _ bytes: [UInt8], with endpoint: Endpoint, timeout: Duration, until isEnough: ([UInt8]) -> Bool
    ) throws(TransportError) -> [UInt8] {
        let deadline = Deadline.after(timeout)
        let socket = try Socket.connect(to: endpoint, deadline: deadline)
        try socket.send(bytes, deadline: deadline)
        var received: [UInt8] = []
        while !isEnough(received) {
            let block = try socket.receive(deadline: deadline)
            if block.isEmpty { break }
            received += block
        }
        return received
    }

    package static func isListening(_ endpoint: Endpoint, timeout: Duration) -> Bool {
        (try? Socket.connect(to: endpoint, deadline: .after(timeout))) != nil
    }
}
