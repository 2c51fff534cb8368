#if canImport(Glibc)
    import Glibc
#endif

/// TCP ports on loopback.
enum Ports {
    static let addresses = ["127.0.0.1", "127.0.0.11", "127.0.0.12", "127.0.0.13"]

    /// The first of that many ports in a row that nobody holds, below those that the kernel gives out by itself.
    static func freeRun(of count: UInt16) throws -> UInt16 {
        for _ in 0..<200 {
            let first = UInt16.random(in: 15_000...(32_000 - count))
            if (first..<first + count).allSatisfy(isFree) { return first }
        }
        throw HarnessError("no \(count) free ports in a row were found")
    }

    static func isFree(_ port: UInt16) -> Bool { addresses.allSatisfy { !isHeld($0, port) } }

    /// Whether somebody holds the port on that address: it cannot be bound.
    static func isHeld(_ address: String, _ port: UInt16) -> Bool {
        guard let descriptor = bound(address, port) else { return true }
        close(descriptor)
        return false
    }

    /// Takes the port, listening; nil where somebody else has it. The caller closes the descriptor.
    static func listen(_ address: String, _ port: UInt16) -> Int32? {
        guard let descriptor = bound(address, port) else { return nil }
        _ = Glibc.listen(descriptor, 1)
        return descriptor
    }

    private static func bound(_ address: String, _ port: UInt16) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        // As servers do: what waits after a close is not in the way.
        var on: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        inet_pton(AF_INET, address, &name.sin_addr)
        let code = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        if code == 0 { return descriptor }
        close(descriptor)
        return nil
    }
}
