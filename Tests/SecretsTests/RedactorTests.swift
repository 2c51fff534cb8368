import Secrets
import TestSupport
import Testing

struct RedactorTests {
    private let redactor = Redactor(
        ["s3cret-one-long", "s3cret-one", "short", "p%&\"quoted\\"].map { SecretBytes($0) })

    @Test(arguments: [
        ("nothing here", "nothing here"), ("", ""), ("s3cret-one", "<secret>"),
        ("a s3cret-one, b s3cret-one", "a <secret>, b <secret>"),
        ("password=s3cret-one-long;", "password=<secret>;"), ("s3cret-on", "s3cret-on"), ("short", "short"),
        ("s3s3cret-one", "s3<secret>"), ("é p%&\"quoted\\ é", "é <secret> é"),
    ])
    func `each known secret is hidden, and nothing else`(text: String, shown: String) {
        #expect(redactor.redact(text) == shown)
    }

    @Test func `without secrets every byte stays`() {
        let bytes = Array(UInt8.min...UInt8.max)
        #expect(Redactor().redact(bytes) == bytes)
        #expect(redactor.redact(bytes) == bytes)
    }

    @Test func `no secret is left in text that is full of its parts`() {
        var generator = SeededGenerator(seed: 47)
        let secrets = ["abababab", "babababa", "aaaaaaaab"]
        let redactor = Redactor(secrets.map { SecretBytes($0) })
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
                UInt8(ascii: Bool.random(using: &generator) ? "a" : "b")
            }
            let text = redactor.redact(String(decoding: bytes, as: UTF8.self))
            #expect(!secrets.contains { text.contains($0) })
        }
    }
}
