import Secrets
import Testing

@Suite struct DigestTests {
    /// FIPS 180-4's examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func `SHA-256 of FIPS 180-4`(text: String, expected: String) {
        #expect(Digest.sha256Hex(Array(text.utf8)) == expected)
    }

    /// RFC 4231, test cases 1, 2 and 6 (a key longer than the block).
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func `HMAC-SHA-256 of RFC 4231`(key: [UInt8], message: String, expected: String) {
        #expect(Hex.encode(Digest.hmacSHA256(key: key, Array(message.utf8))) == expected)
        #expect(Hex.encode(Digest.hmacSHA256(key: SecretBytes(key), Array(message.utf8))) == expected)
    }

    @Test func `an empty key is the empty string`() {
        let expected = "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"
        #expect(Hex.encode(Digest.hmacSHA256(key: [], [])) == expected)
    }
}
