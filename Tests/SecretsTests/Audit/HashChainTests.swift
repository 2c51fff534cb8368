import Secrets
import Testing

@Suite struct HashChainTests {
    @Test func `a line is spelt in one way, and hashes what stands before its hash`() throws {
        var chain = try #require(HashChain(new: "app-1"))
        let added = chain.append(Array(#"{"a":1}"#.utf8))
        let line = try #require(added)
        let start = #"{"chain":"app-1","sequence":1,"previous":"\#(HashChain.origin)","entry":{"a":1}"#
        #expect(
            String(decoding: line, as: UTF8.self)
                == start + #","hash":"\#(Digest.sha256Hex(Array(start.utf8)))"}"# + "\n")
        #expect(chain.sequence == 1)
        #expect(chain.hash == Digest.sha256Hex(Array(start.utf8)))
    }

    @Test func `each line follows from the one before`() throws {
        let lines = try ChainFixture.lines(3).compactMap { ChainLine($0.dropLast()) }
        try #require(lines.count == 3)
        #expect(lines.map(\.sequence) == [1, 2, 3])
        #expect(lines[0].previous == HashChain.origin)
        #expect(lines[1].previous == lines[0].hash)
        #expect(lines[2].previous == lines[1].hash)
        #expect(lines.map(\.isIntact) == [true, true, true])
    }

    @Test(arguments: [
        "", "{", "[]", "text", "{\"a\":\n1}", "{\"a\":\"\u{1}\"}", "{}\n",
    ])
    func `what is no object on one line is no entry, and changes nothing`(text: String) throws {
        var chain = try #require(HashChain(new: "x"))
        let line = chain.append(Array(text.utf8))
        #expect(line == nil)
        #expect(chain == HashChain(new: "x"))
    }

    @Test func `bytes that are not UTF-8, and too many of them, are no entry`() throws {
        var chain = try #require(HashChain(new: "x"))
        let bytes = chain.append([UInt8(ascii: "{"), 0xFF, UInt8(ascii: "}")])
        #expect(bytes == nil)
        let long = Array("{\"a\":\"\(String(repeating: "b", count: HashChain.entryLimit))\"}".utf8)
        let line = chain.append(long)
        #expect(line == nil)
    }

    @Test(arguments: ["", "A", "a b", "a\"", "ä", String(repeating: "a", count: 65)])
    func `an id has lower-case letters, digits and hyphens`(id: String) {
        #expect(HashChain(new: id) == nil)
    }
}
