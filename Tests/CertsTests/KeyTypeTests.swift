import Certs
import Testing

@Suite struct KeyTypeTests {
    @Test(arguments: [
        ("p256", KeyType.p256), ("p384", .p384), ("ed25519", .ed25519), ("rsa2048", .rsa(bits: 2048)),
        ("rsa8192", .rsa(bits: 8192)),
    ])
    func `kinds are read`(text: String, type: KeyType) { #expect(KeyType(text) == type) }

    @Test(arguments: ["", "P256", "rsa", "rsa1024", "rsa2047", "rsa9000", "dsa", "rsa-2048"])
    func `others are not`(text: String) { #expect(KeyType(text) == nil) }

    @Test(arguments: [KeyType.p256, .p384, .ed25519, .rsa(bits: 2048), .rsa(bits: 3072)])
    func `a certificate tells the kind of key that it was made for`(_ type: KeyType) throws {
        let pair = try SelfSigned.make(
            names: ["care.example"], organization: "x", now: testNow, days: 90, keyType: type)
        #expect(KeyType(certificatePEM: pair.certificatePEM) == type)
    }

    @Test(arguments: [("EC", "ec_paramgen_curve:P-521"), ("EC", "ec_paramgen_curve:secp256k1")])
    func `a curve that no key is ever made on here has no name`(algorithm: String, option: String) throws {
        let bench = try Workbench()
        let made = try bench.openssl(
            "req", "-x509", "-newkey", algorithm, "-pkeyopt", option, "-nodes", "-keyout", "key.pem", "-out",
            "cert.pem", "-subj", "/CN=x", "-days", "9")
        #expect(made.status == 0, "\(made.output)")
        #expect(KeyType(certificatePEM: try bench.read("cert.pem")) == nil)
    }

    @Test func `what is no certificate has no key`() { #expect(KeyType(certificatePEM: Array("x".utf8)) == nil) }
}
