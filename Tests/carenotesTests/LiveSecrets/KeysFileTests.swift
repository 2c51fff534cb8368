import Secrets
import TestSupport
import Testing

@testable import carenotes

struct KeysFileTests {
    private func read(_ text: String) throws -> KeysFile { try KeysFile(parsing: Array(text.utf8)) }

    @Test func `it reads the generation and each list of keys`() throws {
        let hex = String(repeating: "a1", count: 32)
        let file = try read(
            """
            # a comment
            GENERATION=12
            JWT_SECRET_ALSO=one,t%2Cw%25o
            JWT_REFRESH_SECRET_ALSO=three
            ENCRYPTION_KEY_ALSO=\(hex)

            """)
        #expect(file.generation == 12)
        #expect(file.signing == [SecretBytes("one"), SecretBytes("t,w%o")])
        #expect(file.refreshing == [SecretBytes("three")])
        #expect(file.encryption == [SecretBytes([UInt8](repeating: 0xA1, count: 32))])
    }

    @Test(arguments: ["", "JWT_SECRET_ALSO=\nENCRYPTION_KEY_ALSO=\n", "# nothing\n"])
    func `what is empty or missing is no key`(text: String) throws {
        #expect(try read(text) == KeysFile())
    }

    @Test(arguments: [
        ("GENERATION=x", 1), ("GENERATION=-1", 1), ("\nENCRYPTION_KEY_ALSO=s3cret", 2),
        ("ENCRYPTION_KEY_ALSO=s3cret00", 1), ("JWT_SECRET_ALSO=s3cret%", 1), ("JWT_SECRET_ALSO=s3cret%2", 1),
        ("JWT_SECRET_ALSO=s3cret%zz", 1), ("JWT_SECRET=s3cret", 1), ("GENERATION=1\ns3cret=1", 2),
    ])
    func `what is wrong is refused with its line, and without a value`(text: String, line: Int) {
        let fault = #expect(throws: KeysFile.Fault.self) { try read(text) }
        #expect(fault?.line == line)
        #expect(fault?.reason.contains("s3cret") == false)
    }

    @Test func `no bytes end it, and what it reads it reads the same again`() {
        var generator = SeededGenerator(seed: 8)
        let words = [
            "GENERATION", "JWT_SECRET_ALSO", "ENCRYPTION_KEY_ALSO", "=", ",", "%", "2C", "\n", "'", "\"", "$", "9",
        ]
        for _ in 0..<5_000 {
            var bytes = (0..<Int.random(in: 0...12, using: &generator)).flatMap { _ in
                Array((words.randomElement(using: &generator) ?? "").utf8)
            }
            if !bytes.isEmpty, Bool.random(using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            let first = try? KeysFile(parsing: bytes)
            #expect(first == (try? KeysFile(parsing: bytes)))
        }
    }
}
