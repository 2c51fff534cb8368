import Secrets
import Testing

@Suite struct KeyIDTests {
    @Test func `a key id is the first half of an HMAC over its label`() {
        let expected = Hex.encode(
            Digest.hmacSHA256(key: Array("key".utf8), Array("careinit key id".utf8)).prefix(8))
        #expect(KeyID.of("key") == expected)
        #expect(KeyID.of(Array("key".utf8)) == expected)
        #expect(KeyID.of(SecretBytes("key")) == expected)
        #expect(expected.count == 16)
    }

    @Test func `two keys have two ids`() { #expect(KeyID.of("a") != KeyID.of("b")) }
}
