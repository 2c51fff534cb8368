#if canImport(Glibc)
    import Glibc
#endif

/// Who may ask what is for machines: programs of this machine, and those of its private networks, among which containers
/// reach each other (RFC 1918, RFC 4193). What the proxy passes on must come from loopback, too: nginx refuses the rest
/// itself, and this holds should it ever not.
enum TrustedAddress {
    /// `peer` is the other end of the connection; nil where it has none.
    static func isTrusted(peer: in_addr?, _ headers: FieldList) -> Bool {
        guard let peer, isPrivate(peer) else { return false }
        return headers.values("X-Forwarded-For").flatMap { $0.split(separator: ",") }
            .allSatisfy { isLoopback(String($0.filter { $0 != " " })) }
    }

    static func isPrivate(_ address: in_addr) -> Bool {
        let number = UInt32(bigEndian: address.s_addr)
        return number >> 24 == 127 || number >> 24 == 10 || number >> 20 == 0xAC1 || number >> 16 == 0xC0A8
    }

    private static func isLoopback(_ text: String) -> Bool {
        if text == "::1" { return true }
        guard let address = ListeningSocket.address(text) else { return false }
        return UInt32(bigEndian: address.s_addr) >> 24 == 127
    }
}
