import Testing

@testable import carenotes

#if canImport(Glibc)
    import Glibc
#endif

struct TrustedAddressTests {
    @Test(arguments: [
        ("127.0.0.1", [], true), ("127.9.9.9", [], true), ("10.0.0.1", [], true), ("172.16.0.1", [], true),
        ("172.31.255.255", [], true), ("192.168.1.1", [], true), ("172.32.0.1", [], false),
        ("192.169.0.1", [], false),
        ("192.0.2.1", [], false), ("0.0.0.0", [], false), ("126.255.255.255", [], false),
        ("127.0.0.1", ["127.0.0.1"], true), ("127.0.0.1", ["::1"], true), ("127.0.0.1", ["192.0.2.1"], false),
        ("127.0.0.1", ["127.0.0.1, 192.0.2.1"], false), ("127.0.0.1", ["192.0.2.1, 127.0.0.1"], false),
        ("127.0.0.1", ["x"], false), ("127.0.0.1", ["127.0.0.1", "192.0.2.1"], false),
        ("10.0.0.2", ["10.0.0.9"], false),
    ])
    func `machines come from private networks, and through the proxy from loopback only`(
        peer: String, forwarded: [String], isTrusted: Bool
    ) throws {
        var headers = FieldList()
        for value in forwarded { headers.append("X-Forwarded-For", value) }
        #expect(TrustedAddress.isTrusted(peer: ListeningSocket.address(peer), headers) == isTrusted)
        #expect(!TrustedAddress.isTrusted(peer: nil, headers))
    }
}
