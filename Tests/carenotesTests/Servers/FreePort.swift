#if canImport(Glibc)
    import Glibc
#endif

/// A port that is free on every address of this machine.
enum FreePort {
    static func find() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                let isBound = bind(descriptor, pointer, length) == 0
                return isBound ? getsockname(descriptor, pointer, &length) : -1
            }
        }
        guard result == 0 else { throw ServerFailure(what: "no free port") }
        return UInt16(bigEndian: address.sin_port)
    }
}
