import Certs
import Foundation
import Testing

@Suite struct SelfSignedTests {
    @Test func `openssl verifies it strictly for each of its names and for no other`() throws {
        let bench = try Workbench()
        let now = Int64(Date().timeIntervalSince1970)
        let pair = try SelfSigned.make(
            names: ["localhost", "127.0.0.1", "::1", "*.care.example"], organization: "Sunny Hill", now: now,
            days: 398)
        try bench.write(pair.certificatePEM, "cert.pem")
        for name in ["localhost", "a.care.example"] {
            let result = try bench.openssl(
                "verify", "-x509_strict", "-purpose", "sslserver", "-auth_level", "2", "-CAfile", "cert.pem",
                "-verify_hostname", name, "cert.pem")
            #expect(result.status == 0, "\(result.output)")
        }
        for address in ["127.0.0.1", "::1"] {
            let result = try bench.openssl(
                "verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", "cert.pem", "-verify_ip", address,
                "cert.pem")
            #expect(result.status == 0, "\(result.output)")
        }
        for name in ["care.example", "a.b.care.example", "Sunny Hill", "other"] {
            let result = try bench.openssl(
                "verify", "-x509_strict", "-CAfile", "cert.pem", "-verify_hostname", name, "cert.pem")
            #expect(result.status != 0)
        }
    }

    @Test func `it says what browsers ask for`() throws {
        let bench = try Workbench()
        let pair = try SelfSigned.make(
            names: ["localhost", "127.0.0.1"], organization: "Sunny Hill", now: testNow, days: 398)
        try bench.write(pair.certificatePEM, "cert.pem")
        let shown = try bench.openssl("x509", "-in", "cert.pem", "-noout", "-text").output
        for line in [
            "Version: 3 (0x2)", "Signature Algorithm: ecdsa-with-SHA256", "Subject: O = Sunny Hill",
            "NIST CURVE: P-256",
            "X509v3 Basic Constraints: critical", "CA:FALSE", "X509v3 Key Usage: critical", "Digital Signature",
            "TLS Web Server Authentication", "DNS:localhost, IP Address:127.0.0.1",
            "X509v3 Subject Key Identifier",
        ] {
            #expect(shown.contains(line), "\(line) in \(shown)")
        }
        #expect(!shown.contains("CN ="))
        let dates = try bench.openssl("x509", "-in", "cert.pem", "-noout", "-dates", "-dateopt", "iso_8601").output
        #expect(dates.contains("notBefore=2027-01-15 07:55:00Z"))
        #expect(dates.contains("notAfter=2028-02-17 07:54:59Z"))
    }

    @Test func `the key is PKCS 8, P-256 and the certificate's`() throws {
        let bench = try Workbench()
        let pair = try SelfSigned.make(names: ["localhost"], organization: "Sunny Hill", now: testNow)
        try bench.write(pair.certificatePEM, "cert.pem")
        try bench.write(pair.keyPEM, "key.pem")
        #expect(text(pair.keyPEM).hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(try bench.openssl("pkey", "-in", "key.pem", "-noout", "-check").status == 0)
        let ofCertificate = try bench.openssl("x509", "-in", "cert.pem", "-noout", "-pubkey").output
        #expect(try bench.openssl("pkey", "-in", "key.pem", "-pubout").output == ofCertificate)
    }

    @Test func `no two serial numbers are equal, and each has 128 bits`() throws {
        let bench = try Workbench()
        var serials: Set<String> = []
        for _ in 0..<8 {
            let pair = try SelfSigned.make(names: ["localhost"], organization: "x", now: testNow)
            try bench.write(pair.certificatePEM, "cert.pem")
            let serial = try bench.openssl("x509", "-in", "cert.pem", "-noout", "-serial").output
            #expect(serial.count == "serial=".count + 32 + 1)
            serials.insert(serial)
        }
        #expect(serials.count == 8)
    }

    @Test(arguments: [
        ("", "x"), ("a b", "x"), ("-a", "x"), ("a,DNS:evil", "x"), ("1.2.3", "x"), ("1.2.3.4.5", "x"),
        ("*.com", "x"),
        ("*", "x"), ("a.*.b", "x"), ("münchen.de", "x"), ("a..b", "x"), (String(repeating: "a", count: 64), "x"),
        ("localhost", ""), ("localhost", "a\nb"), ("localhost", String(repeating: "a", count: 65)),
    ])
    func `names that no certificate should carry are refused`(name: String, organization: String) {
        #expect(throws: CertificateError.self) {
            try SelfSigned.make(names: [name], organization: organization, now: testNow)
        }
    }

    @Test func `no names and lifetimes that browsers refuse are refused`() {
        #expect(throws: CertificateError.noNames) {
            try SelfSigned.make(names: [], organization: "x", now: testNow)
        }
        for days in [0, 399] {
            #expect(throws: CertificateError.badLifetime(days: days, allowed: 1...398)) {
                try SelfSigned.make(names: ["a"], organization: "x", now: testNow, days: days)
            }
        }
    }

    @Test func `it never prints its key`() throws {
        let pair = try SelfSigned.make(names: ["a"], organization: "x", now: testNow)
        var dumped = ""
        dump(pair, to: &dumped)
        #expect(!"\(pair)\(dumped)\(String(reflecting: pair))".contains("PRIVATE"))
    }
}
