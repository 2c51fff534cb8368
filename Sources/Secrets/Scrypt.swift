import COpenSSL
import OpenSSL

/// scrypt (RFC 7914), by OpenSSL.
package enum Scrypt {
    /// What one run costs.
    package struct Cost: Equatable, Sendable {
        /// N = 2^logN.
        package var logN: Int
        package var r: Int
        package var p: Int

        package init(logN: Int, r: Int, p: Int) {
            self.logN = logN
            self.r = r
            self.p = p
        }

        /// N = 2¹⁵, r = 8, p = 3: one of OWASP's equals, with 32 MiB (Password Storage Cheat Sheet).
        package static let standard = Cost(logN: 15, r: 8, p: 3)

        /// The large table, in bytes.
        package var memory: Int { (128 * r) << logN }

        /// Neither so cheap that it protects nothing, nor so dear that a stored value could stop the server.
        package var isAcceptable: Bool {
            (10...20).contains(logN) && (1...32).contains(r) && (1...16).contains(p)
                && memory <= Scrypt.memoryLimit
        }
    }

    /// The most that one run may take, in bytes. OpenSSL's own limit would be 32 MiB, and just too little for the standard.
    package static let memoryLimit = 64 << 20

    /// - Throws: `badLength` for a cost outside what is acceptable; what OpenSSL says where it has no memory.
    package static func derive(
        _ password: SecretBytes, salt: [UInt8], cost: Cost, length: Int
    ) throws(SecretsError) -> [UInt8] {
        guard cost.isAcceptable, length > 0 else {
            throw .badLength(expected: "a cost of at most \(memoryLimit) bytes", actual: cost.memory)
        }
        var key = [UInt8](repeating: 0, count: length)
        let result = password.withBytes { password in
            EVP_PBE_scrypt(
                password.bindMemory(to: CChar.self).baseAddress, password.count, salt, salt.count,
                1 << UInt64(cost.logN), UInt64(cost.r), UInt64(cost.p), UInt64(memoryLimit + (4 << 20)), &key,
                length)
        }
        guard result == 1 else { throw .openSSL(OpenSSLError.drain(after: "EVP_PBE_scrypt")) }
        return key
    }
}
