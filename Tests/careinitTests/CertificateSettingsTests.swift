import Testing

@testable import careinit

@Suite struct CertificateSettingsTests {
    @Test(
        arguments: [
            ("https://localhost:8443", "localhost"), ("https://notes.example.org", "notes.example.org"),
            ("https://notes.example.org/", "notes.example.org"), ("https://[::1]:8443", "::1"),
            ("https://127.0.0.1:1", "127.0.0.1"), ("notes.example.org", nil), ("https://", nil), ("", nil),
        ] as [(String, String?)])
    func `finds the host of an origin`(_ origin: String, _ host: String?) {
        #expect(CertificateSettings.host(of: origin) == host)
    }
}
