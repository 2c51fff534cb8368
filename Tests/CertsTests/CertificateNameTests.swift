import Certs
import Testing

@Suite struct CertificateNameTests {
    @Test(arguments: [
        ("localhost", CertificateName.dns("localhost")), ("Notes.Example", .dns("notes.example")),
        ("*.care.example", .dns("*.care.example")), ("xn--mnchen-3ya.de", .dns("xn--mnchen-3ya.de")),
        ("127.0.0.1", .ip("127.0.0.1")), ("0:0:0:0:0:0:0:1", .ip("::1")), ("[::1]", .ip("::1")),
        ("2001:DB8::1", .ip("2001:db8::1")), ("a1", .dns("a1")),
    ])
    func `names are read as DNS or IP`(text: String, expected: CertificateName) {
        #expect(CertificateName(text) == expected)
    }

    @Test(arguments: [
        "", ".", "a.", "127.1", "[127.0.0.1]", "1::2::3", "a_b", "a/b", "*.", "**.a.b", "127.0.0.1\0",
    ])
    func `what is neither is nothing`(text: String) { #expect(CertificateName(text) == nil) }
}
