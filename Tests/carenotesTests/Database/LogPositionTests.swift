import Testing

@testable import carenotes

struct LogPositionTests {
    @Test(
        arguments: [
            ("0/0", 0), ("0/16B3748", 0x16B_3748), ("1/0", 1 << 32), ("FFFFFFFF/FFFFFFFF", .max),
            ("a/b", 0xA_0000_000B),
        ] as [(String, UInt64)])
    func `a position is one number, as PostgreSQL counts it`(text: String, bytes: UInt64) {
        #expect(LogPosition(text)?.bytes == bytes)
        #expect(LogPosition(bytes: bytes).text == text.uppercased())
    }

    @Test(arguments: ["", "/", "0/", "/0", "0", "0/0/0", "+1/0", "-1/0", "123456789/0", "0/g", " 0/0"])
    func `anything else is none`(text: String) { #expect(LogPosition(text) == nil) }

    @Test func `the later one is greater, whatever its text`() throws {
        #expect(try #require(LogPosition("9/FFFFFFFF")) < #require(LogPosition("10/0")))
    }
}
