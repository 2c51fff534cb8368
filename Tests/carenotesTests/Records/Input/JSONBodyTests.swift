import Testing

@testable import carenotes

struct JSONBodyTests {
    @Test func `members of every kind are read, however they are spaced`() throws {
        let text =
            #" { "a" : "x\n\u00e9\ud83d\ude34" , "b":-12,"c":[ "p" , "q" ],"d":null,"e":true,"f":[],"g":0} "#
        #expect(
            try JSONBody.read(Array(text.utf8)) == [
                "a": .string("x\né😴"), "b": .integer(-12), "c": .strings(["p", "q"]), "d": .null,
                "e": .boolean(true), "f": .strings([]), "g": .integer(0),
            ])
        #expect(try JSONBody.read(Array("{}".utf8)).isEmpty)
    }

    @Test(arguments: [
        ("", "(body)"), ("[]", "(body)"), ("{", "(body)"), ("{}x", "(body)"), ("nul", "(body)"),
        (#"{"a":"b""#, "a"), (#"{"a":"b",}"#, "(body)"), (#"{a:1}"#, "(body)"), (#"{"a" 1}"#, "a"),
        (#"{"a":1,"a":1}"#, "a"), (#"{"a":{"b":1}}"#, "a"), (#"{"a":[[]]}"#, "a"), (#"{"a":[1]}"#, "a"),
        (#"{"a":1.5}"#, "a"), (#"{"a":1e3}"#, "a"), (#"{"a":01}"#, "a"), (#"{"a":-}"#, "a"), (#"{"a":+1}"#, "a"),
        (#"{"a":9007199254740992}"#, "a"), (#"{"a":1000000000000000000000000000000}"#, "a"),
        (#"{"a":NaN}"#, "a"), (#"{"a":"\ud800"}"#, "a"), (#"{"a":"\ud800x"}"#, "a"), (#"{"a":"\udc00"}"#, "a"),
        (#"{"a":"\ud800\ud800"}"#, "a"), (#"{"a":"\u12g4"}"#, "a"), (#"{"a":"\x"}"#, "a"), (#"{"a":"\"#, "a"),
        ("{\"a\":\"\u{1}\"}", "a"), ("{\"a\":\"x", "a"), ("{\"a\":t}", "a"),
    ])
    func `what is not taken is refused at its member`(text: String, field: String) {
        let fault = #expect(throws: JSONFault.self) { try JSONBody.read(Array(text.utf8)) }
        #expect(fault?.field == field)
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        for bytes: [UInt8] in [[0xC3], [0xED, 0xA0, 0x80], [0xFF], [0xC0, 0x80]] {
            let text = Array(#"{"a":""#.utf8) + bytes + Array(#""}"#.utf8)
            #expect(throws: JSONFault.self) { try JSONBody.read(text) }
        }
    }

    @Test func `a depth of 30,000 costs nothing`() {
        for text in [String(repeating: "[", count: 30_000), String(repeating: #"{"a":"#, count: 30_000)] {
            #expect(throws: JSONFault.self) { try JSONBody.read(Array(text.utf8)) }
            #expect(throws: JSONFault.self) { try JSONBody.read(Array(#"{"a":\#(text)"#.utf8)) }
        }
    }
}
