import Secrets
import Testing

@Suite struct SealingTests {
    private let key = SecretBytes([UInt8](repeating: 7, count: 32))

    @Test(arguments: [0, 1, 15, 16, 17, 100_000])
    func `what was sealed opens with the same key and data`(length: Int) throws {
        let plaintext = [UInt8](repeating: 42, count: length)
        let sealed = try Sealing.seal(plaintext, key: key, associatedData: [1, 2, 3])
        #expect(sealed.count == length + 28)
        #expect(try Sealing.open(sealed, key: key, associatedData: [1, 2, 3]) == plaintext)
    }

    @Test func `empty data is data`() throws {
        let sealed = try Sealing.seal([9], key: key, associatedData: [])
        #expect(try Sealing.open(sealed, key: key, associatedData: []) == [9])
    }

    /// NIST's GCM test case 16 (AES-256, 60 bytes, with associated data), with the nonce in front and the tag behind.
    @Test func `the bytes are those of AES-256-GCM`() throws {
        let parts = [
            "cafebabefacedbaddecaf888",
            "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
            "76fc6ece0f4e1768cddf8853bb2d551b",
        ]
        let secret = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
        let data = "feedfacedeadbeeffeedfacedeadbeefabaddad2"
        let plaintext =
            "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
        let opened = try Sealing.open(
            try #require(Hex.decode(parts.joined())), key: SecretBytes(try #require(Hex.decode(secret))),
            associatedData: try #require(Hex.decode(data)))
        #expect(Hex.encode(opened) == plaintext)
    }

    @Test func `another key, other data, or any changed byte is not authentic`() throws {
        let sealed = try Sealing.seal(Array("note".utf8), key: key, associatedData: [1])
        #expect(throws: SecretsError.notAuthentic) {
            try Sealing.open(sealed, key: SecretBytes([UInt8](repeating: 8, count: 32)), associatedData: [1])
        }
        #expect(throws: SecretsError.notAuthentic) { try Sealing.open(sealed, key: key, associatedData: [2]) }
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: SecretsError.notAuthentic) { try Sealing.open(changed, key: key, associatedData: [1]) }
        }
        for length in 0..<sealed.count {
            #expect(throws: SecretsError.notAuthentic) {
                try Sealing.open(Array(sealed[..<length]), key: key, associatedData: [1])
            }
        }
    }

    @Test func `a nonce is never used twice`() throws {
        let nonces = try Set(
            (0..<500).map { _ in
                Array(try Sealing.seal([], key: key, associatedData: []).prefix(Sealing.nonceLength))
            })
        #expect(nonces.count == 500)
    }

    @Test(arguments: [0, 16, 31, 33])
    func `a key of another length is refused`(length: Int) {
        let key = SecretBytes([UInt8](repeating: 7, count: length))
        let refusal = SecretsError.badLength(expected: "a key of 32 bytes", actual: length)
        #expect(throws: refusal) { try Sealing.seal([], key: key, associatedData: []) }
        #expect(throws: refusal) {
            try Sealing.open([UInt8](repeating: 0, count: 40), key: key, associatedData: [])
        }
    }
}
