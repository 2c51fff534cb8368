import Foundation
import Secrets
import Testing

@testable import carenotes

@Suite struct JWSCheckTests {
    /// RFC 7515 A.1.
    private static let key =
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
    private static let example =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
        + "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
        + "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    private static func line(_ token: String, _ rest: String = "", key: String = key) -> String {
        #"{"jws":"\#(token)","key":"\#(key)"\#(rest)}"#
    }

    @Test(arguments: [
        (line(example), "accepted"), (line(example, #","valid":true"#), "accepted"),
        (line(example, #","valid":false"#), "accepted MISMATCH"),
        (line(example + "x", #","valid":false"#), "rejected badSignature"),
        (line(example, #","valid":true"#, key: "AAAA"), "rejected badSignature MISMATCH"),
        (line("eyJhbGciOiJub25lIn0.AAAA.", #","valid":false"#), "rejected wrongAlgorithm"),
        (line(""), "rejected malformed"),
    ])
    func `a line says what came out, and whether it should have`(line: String, verdict: String) {
        #expect(JWSCheck.Line(Array(line.utf8))?.verdict == verdict)
    }

    @Test(arguments: [
        "", "x", "[]", #"{"jws":"a"}"#, #"{"jws":"a","key":"="}"#, #"{"jws":"a","key":"AA","valid":1}"#,
    ])
    func `anything else is no line`(line: String) { #expect(JWSCheck.Line(Array(line.utf8)) == nil) }

    @Test func `a file's mismatches, bad lines and absence have codes of their own`() throws {
        let path = NSTemporaryDirectory() + "jws-check-\(UUID().uuidString).jsonl"
        defer { try? FileManager.default.removeItem(atPath: path) }
        func run(_ text: String) throws -> Int32 {
            try text.write(toFile: path, atomically: false, encoding: .utf8)
            return try JWSCheck.run(path)
        }
        #expect(try run(Self.line(Self.example, #","valid":true"#) + "\n") == 0)
        #expect(try run(Self.line(Self.example) + "\n\n" + Self.line("a.b.c", #","valid":true"#)) == 1)
        let bad = #expect(throws: ServeFailure.self) { try run(Self.line(Self.example) + "\nx\n") }
        #expect(bad == .unreadableLine(path: path, number: 2) && bad?.exitCode == 65)
        try FileManager.default.removeItem(atPath: path)
        let missing = #expect(throws: ServeFailure.self) { try JWSCheck.run(path) }
        #expect(missing?.exitCode == 66)
    }
}
