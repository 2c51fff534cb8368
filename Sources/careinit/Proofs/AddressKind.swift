#if canImport(Glibc)
    import Glibc
#endif

/// Whose an address is.
enum AddressKind: Sendable, Equatable {
    case loopback
    /// One of this machine's.
    case own
    /// Of a network that is nobody's on the internet (RFC 1918, RFC 4193, RFC 6598, RFC 3927).
    case closed
    case open

    /// nil for what is no address in figures.
    init?(_ text: String, own: Set<String>) {
        guard let bytes = SocketAddress(text, port: 0)?.bytes else { return nil }
        self =
            if Self.isLoopback(bytes) { .loopback } else if own.contains(text) { .own } else {
                Self.isClosed(bytes) ? .closed : .open
            }
    }

    /// For people.
    var words: String {
        switch self {
        case .loopback: "of this machine alone"
        case .own: "an address of this machine"
        case .closed: "of a closed network, not of this machine"
        case .open: "a public address, not of this machine: a router or proxy must lead here from there"
        }
    }

    private static func isLoopback(_ bytes: [UInt8]) -> Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }

    private static func isClosed(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 4 else {
            return bytes[0] & 0xFE == 0xFC || bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
        }
        switch (bytes[0], bytes[1]) {
        case (10, _), (172, 16...31), (192, 168), (169, 254), (100, 64...127): return true
        default: return false
        }
    }

    /// The addresses of this machine's interfaces, in figures (getifaddrs(3)).
    static func ownAddresses() -> Set<String> {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return [] }
        defer { freeifaddrs(list) }
        var result: Set<String> = []
        var next = list
        while let entry = next {
            if let address = entry.pointee.ifa_addr, let text = figures(address) { result.insert(text) }
            next = entry.pointee.ifa_next
        }
        return result
    }

    private static func figures(_ address: UnsafeMutablePointer<sockaddr>) -> String? {
        let length: Int
        switch Int32(address.pointee.sa_family) {
        case AF_INET: length = MemoryLayout<sockaddr_in>.size
        case AF_INET6: length = MemoryLayout<sockaddr_in6>.size
        default: return nil
        }
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let code = getnameinfo(address, socklen_t(length), &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        guard code == 0 else { return nil }
        // Behind % stands the interface, for an address that only one network knows.
        return String(decoding: text.prefix { $0 != 0 && $0 != 0x25 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
