#if canImport(Glibc)
    import Glibc
#endif

/// Whether somebody holds a port, found out by binding it for a moment.
enum PortProbe {
    /// Only a port that is in use counts as held: one that needs other rights is for `up` to complain about.
    static func isHeld(address: String, port: UInt16) -> Bool {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(address, String(port), &hints, &found) == 0, let found else { return false }
        defer { freeaddrinfo(found) }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(found.pointee.ai_family, kind, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var yes: Int32 = 1
        // As the servers do it: connections that linger (TIME_WAIT) are no hindrance.
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        if bind(descriptor, found.pointee.ai_addr, found.pointee.ai_addrlen) != 0 { return errno == EADDRINUSE }
        return listen(descriptor, 1) != 0 && errno == EADDRINUSE
    }
}
