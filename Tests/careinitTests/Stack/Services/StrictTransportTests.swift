import Testing

@testable import careinit

@Suite struct StrictTransportTests {
    @Test(arguments: [
        ("care.example.org", true), ("Care.Example.Org", true), ("xn--pflege-notizen.de", true),
        ("localhost", false), ("notes.localhost", false), ("care.test", false), ("care.local", false),
        ("care.internal", false), ("care.home.arpa", false), ("notes.example", false), ("intranet", false),
        ("192.0.2.1", false), ("2001:db8::1", false), ("mylocal.org", true), ("", false),
    ])
    func `only a public name is told to browsers`(host: String, isSafe: Bool) {
        #expect(
            StrictTransport.isSafe(host: host, certificate: .letsEncrypt(folder: "/etc/letsencrypt")) == isSafe)
        #expect(StrictTransport.isSafe(host: host, certificate: .files(certificate: "c", key: "k")) == isSafe)
        #expect(!StrictTransport.isSafe(host: host, certificate: .selfSigned(certificate: "c", key: "k")))
    }
}
