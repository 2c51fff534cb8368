import COpenSSL
import OpenSSL

/// What PostgreSQL stores of a password under scram-sha-256 (RFC 5802, RFC 7677), computed by the client, so that the
/// password itself never reaches the server or its log.
package enum SCRAM {
    package static let saltLength = 16
    /// PostgreSQL's own default (`scram_iterations`).
    package static let defaultIterations = 4096

    /// `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>`, as `ALTER ROLE … PASSWORD` takes it.
    /// The salt is random bytes, of which PostgreSQL itself uses 16.
    package static func verifier(
        password: SecretBytes, salt: [UInt8], iterations: Int = defaultIterations
    ) throws(SecretsError) -> String {
        let keys = try keys(password: password, salt: salt, iterations: iterations)
        let stored = Base64URL.encodeStandard(keys.stored)
        let server = Base64URL.encodeStandard(keys.server)
        return "SCRAM-SHA-256$\(iterations):\(Base64URL.encodeStandard(salt))$\(stored):\(server)"
    }

    /// A verifier with a fresh random salt.
    package static func verifier(password: String) throws(SecretsError) -> String {
        try verifier(password: SecretBytes(password), salt: try SecretGenerator.bytes(saltLength))
    }

    /// StoredKey and ServerKey of RFC 5802 §3.
    package static func keys(
        password: SecretBytes, salt: [UInt8], iterations: Int
    ) throws(SecretsError) -> (stored: [UInt8], server: [UInt8]) {
        guard password.count > 0, password.withBytes({ $0.allSatisfy { (0x20...0x7E).contains($0) } }) else {
            throw .unsupportedPassword
        }
        guard !salt.isEmpty, let saltCount = Int32(exactly: salt.count) else {
            throw .badLength(expected: "a salt of 1 byte or more", actual: salt.count)
        }
        guard (1...10_000_000).contains(iterations) else {
            throw .badLength(expected: "1 to 10000000 iterations", actual: iterations)
        }
        var salted = [UInt8](repeating: 0, count: Digest.byteCount)
        let result = password.withBytes { password in
            PKCS5_PBKDF2_HMAC(
                password.bindMemory(to: CChar.self).baseAddress, Int32(password.count), salt, saltCount,
                Int32(iterations), EVP_sha256(), Int32(Digest.byteCount), &salted)
        }
        guard result == 1 else { throw .openSSL(OpenSSLError.drain(after: "PKCS5_PBKDF2_HMAC")) }
        let clientKey = Digest.hmacSHA256(key: salted, Array("Client Key".utf8))
        return (Digest.sha256(clientKey), Digest.hmacSHA256(key: salted, Array("Server Key".utf8)))
    }
}
