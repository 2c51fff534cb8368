import Secrets
import Testing

@Suite struct SCRAMTests {
    /// The exchange of RFC 7677 §3: the client's proof must lead to our StoredKey, and our ServerKey to the server's
    /// signature.
    @Test func `the keys are those of RFC 7677`() throws {
        let salt = Hex.decode("5b6d99689d123" + "58eeca04b141236fa81")
        let keys = try SCRAM.keys(
            password: SecretBytes("pencil"), salt: try #require(salt), iterations: 4096)
        let message = Array(
            ("n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
                + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0").utf8)
        let serverSignature = Digest.hmacSHA256(key: keys.server, message)
        #expect(Base64URL.encodeStandard(serverSignature) == "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")
        let proof = Base64URL.decode("dHzbZapWIk4jUhN-Ute9ytag9zjfMHgsqmmiz7AndVQ".utf8)
        let clientSignature = Digest.hmacSHA256(key: keys.stored, message)
        let clientKey = zip(try #require(proof), clientSignature).map { $0 ^ $1 }
        #expect(Digest.sha256(clientKey) == keys.stored)
    }

    @Test func `a verifier has PostgreSQL's form`() throws {
        let salt = [UInt8](0..<16)
        let verifier = try SCRAM.verifier(password: SecretBytes("pencil"), salt: salt, iterations: 4096)
        let parts = verifier.split(separator: "$")
        #expect(parts.count == 3)
        #expect(parts[0] == "SCRAM-SHA-256")
        #expect(parts[1] == "4096:AAECAwQFBgcICQoLDA0ODw==")
        #expect(parts[2].split(separator: ":").map(\.count) == [44, 44])
        #expect(!verifier.contains("pencil"))
    }

    @Test func `each verifier has a salt of its own`() throws {
        #expect(try SCRAM.verifier(password: "pencil") != SCRAM.verifier(password: "pencil"))
    }

    @Test(arguments: ["", "pässword", "tab\there", "nul\0", "del\u{7F}"])
    func `passwords that PostgreSQL would normalise first are refused`(password: String) {
        #expect(throws: SecretsError.unsupportedPassword) { try SCRAM.verifier(password: password) }
    }

    @Test func `no salt and no iterations are refused`() {
        let password = SecretBytes("pencil")
        #expect(throws: SecretsError.self) { try SCRAM.verifier(password: password, salt: []) }
        #expect(throws: SecretsError.self) { try SCRAM.verifier(password: password, salt: [1], iterations: 0) }
    }
}
