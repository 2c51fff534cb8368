import Testing
import Transport

@Suite struct HTTPAddressTests {
    private static let addresses: [(text: String, isTLS: Bool, host: String, port: UInt16, target: String)] = [
        ("https://localhost:8443/api?a=b#c", true, "localhost", 8443, "/api?a=b"),
        ("http://127.0.0.1", false, "127.0.0.1", 80, "/"), ("HTTPS://Example", true, "Example", 443, "/"),
        ("http://[::1]:81/", false, "::1", 81, "/"), ("https://[::1]", true, "::1", 443, "/"),
        ("http://a?b", false, "a", 80, "/?b"),
    ]

    @Test(arguments: addresses)
    func `an address is taken apart`(
        row: (text: String, isTLS: Bool, host: String, port: UInt16, target: String)
    ) throws {
        let address = try HTTPAddress(row.text)
        #expect(address.isTLS == row.isTLS)
        #expect(address.host == row.host)
        #expect(address.port == row.port)
        #expect(address.target == row.target)
    }

    @Test(arguments: [
        "", "localhost", "ftp://a", "http://", "http:///x", "http://a:0", "http://a:65536", "http://a:x",
        "http://[::1",
        "http://user@a", "http://a b", "http://a/\r\nX: y", "http://é",
    ])
    func `anything else is refused`(text: String) {
        #expect(throws: TransportError.badURL(text)) { try HTTPAddress(text) }
    }
}
