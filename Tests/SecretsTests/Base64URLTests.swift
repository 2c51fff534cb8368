import Secrets
import TestSupport
import Testing

@Suite struct Base64URLTests {
    /// RFC 4648 §10, without padding.
    @Test(arguments: [
        ("", "", ""), ("f", "Zg", "Zg=="), ("fo", "Zm8", "Zm8="), ("foo", "Zm9v", "Zm9v"),
        ("foob", "Zm9vYg", "Zm9vYg=="), ("fooba", "Zm9vYmE", "Zm9vYmE="), ("foobar", "Zm9vYmFy", "Zm9vYmFy"),
    ])
    func `the vectors of RFC 4648`(text: String, encoded: String, padded: String) {
        #expect(Base64URL.encode(Array(text.utf8)) == encoded)
        #expect(Base64URL.encodeStandard(Array(text.utf8)) == padded)
        #expect(Base64URL.decode(encoded.utf8) == Array(text.utf8))
    }

    @Test func `the two last letters differ from those of plain base64`() {
        #expect(Base64URL.encode([0xFB, 0xFF]) == "-_8")
        #expect(Base64URL.encodeStandard([0xFB, 0xFF]) == "+/8=")
    }

    @Test(arguments: ["Z", "Zg==", "Zh", "Zm9", "Z+g", "Z g", "Zg\n", "Zm9vY", "é"])
    func `what encode never writes is refused`(text: String) {
        #expect(Base64URL.decode(text.utf8) == nil)
    }

    @Test func `random bytes come back, and each byte string has one text`() {
        var random = SeededGenerator(seed: 4648)
        for _ in 0..<2000 {
            let bytes = random.bytes(upTo: 80)
            #expect(Base64URL.decode(Base64URL.encode(bytes).utf8) == bytes)
            let noise = random.bytes(upTo: 12)
            if let decoded = Base64URL.decode(noise) { #expect(Array(Base64URL.encode(decoded).utf8) == noise) }
        }
    }
}
