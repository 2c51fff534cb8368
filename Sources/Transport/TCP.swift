#if canImport(Glibc)
    import Glibc
#endif

/// Whether anything answers.
package enum TCP {
    /// Whether something takes a connection there, within the timeout. It is closed again at once.
    package static func isListening(_ address: String, port: UInt16, timeout: Duration) -> Bool {
        isListening(.tcp(host: address, port: port), timeout: timeout)
    }

    package static func isListening(_ endpoint: Endpoint, timeout: Duration) -> Bool {
        (try? Socket.connect(to: endpoint, deadline: .after(timeout))) != nil
    }
}
