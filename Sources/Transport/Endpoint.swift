#if canImport(Glibc)
    import Glibc
#endif

/// Where to connect to.
package enum Endpoint: Equatable, Hashable, Sendable {
    /// A name or an address, IPv6 without brackets.
    case tcp(host: String, port: UInt16)
    /// The path of a unix-domain socket, at most 107 bytes.
    case unix(path: String)

    /// Looks the addresses up and lends each to `body` until one is taken. A name is looked up by the system's own
    /// resolver, whose waiting no deadline of ours ends; an address is never looked up.
    func withAddresses<Result>(
        _ body: (UnsafePointer<sockaddr>, socklen_t) throws(TransportError) -> Result?
    ) throws(TransportError) -> Result? {
        switch self {
        case .tcp(let host, let port): try Self.withAddresses(host: host, port: port, body)
        case .unix(let path): try Self.withAddress(path: path, body)
        }
    }

    private static func withAddresses<Result>(
        host: String, port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) throws(TransportError) -> Result?
    ) throws(TransportError) -> Result? {
        var list: UnsafeMutablePointer<addrinfo>?
        var status = resolve(host, port, flags: AI_NUMERICHOST | AI_NUMERICSERV, into: &list)
        if status != 0 { status = resolve(host, port, flags: AI_NUMERICSERV, into: &list) }
        guard status == 0 else {
            throw .unresolvable(host: host, reason: String(cString: gai_strerror(status)))
        }
        defer { freeaddrinfo(list) }
        var next = list
        while let entry = next {
            if let address = entry.pointee.ai_addr, let result = try body(address, entry.pointee.ai_addrlen) {
                return result
            }
            next = entry.pointee.ai_next
        }
        return nil
    }

    private static func resolve(
        _ host: String, _ port: UInt16, flags: Int32, into list: inout UnsafeMutablePointer<addrinfo>?
    ) -> Int32 {
        var hints = addrinfo()
        hints.ai_flags = flags
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        return getaddrinfo(host, String(port), &hints, &list)
    }

    private static func withAddress<Result>(
        path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws(TransportError) -> Result?
    ) throws(TransportError) -> Result? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { room in
            guard bytes.count < room.count, !bytes.contains(0), !bytes.isEmpty else { return false }
            room.copyBytes(from: bytes)
            return true
        }
        guard fits else { throw .system(call: "connect", errno: ENAMETOOLONG) }
        return try withUnsafePointer(to: &address) { (pointer) throws(TransportError) in
            let generic = UnsafeRawPointer(pointer).assumingMemoryBound(to: sockaddr.self)
            return try body(generic, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
    }
}
