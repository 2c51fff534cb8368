import COpenSSL
import OpenSSL

/// New secrets from OpenSSL's generator for private values.
package enum SecretGenerator {
    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let alphanumericCount = 62

    /// Letters, digits, `-` and `_`, the first of them a letter or a digit, so that no shell, URL, `.env` reader or
    /// option parser reads anything into it. Each character but the first is worth 6 bits.
    package static func urlSafe(length: Int) throws(SecretsError) -> String {
        guard (1...4096).contains(length) else {
            throw .badLength(expected: "1 to 4096 characters", actual: length)
        }
        var source = RandomSource()
        var characters = [letters[try source.index(below: alphanumericCount)]]
        while characters.count < length { characters.append(letters[try source.index(below: letters.count)]) }
        return String(decoding: characters, as: UTF8.self)
    }

    /// Twice as many lower-case hexadecimal digits: 32 bytes make the 64 digits of a 256-bit key.
    package static func hex(bytes count: Int) throws(SecretsError) -> String {
        guard (1...4096).contains(count) else {
            throw .badLength(expected: "1 to 4096 bytes", actual: count)
        }
        return Hex.encode(try bytes(count))
    }

    package static func bytes(_ count: Int) throws(SecretsError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard let length = Int32(exactly: count) else {
            throw .badLength(expected: "at most \(Int32.max) bytes", actual: count)
        }
        // Anything but 1 means that the bytes are not random; 0 and -1 are both failures.
        guard RAND_priv_bytes(&bytes, length) == 1 else {
            throw .noRandomness(OpenSSLError.drain(after: "RAND_priv_bytes"))
        }
        return bytes
    }

    /// A random UUID (RFC 9562, version 4), lower case.
    package static func uuid() throws(SecretsError) -> String {
        var bytes = try bytes(16)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        let digits = Array(Hex.encode(bytes))
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }
}

/// Random bytes drawn a block at a time and mapped without bias.
private struct RandomSource {
    private var block: [UInt8] = []

    /// Each of 0..<bound with the same probability: a byte from the incomplete last stretch is thrown away.
    mutating func index(below bound: Int) throws(SecretsError) -> Int {
        let limit = 256 - 256 % bound
        while true {
            if block.isEmpty { block = try SecretGenerator.bytes(64) }
            let byte = Int(block.removeLast())
            if byte < limit { return byte % bound }
        }
    }
}
