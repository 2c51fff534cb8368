import Secrets
import TestSupport
import Testing

@Suite struct ChainLineTests {
    private func text() throws -> String {
        String(decoding: try ChainFixture.lines(1)[0].dropLast(), as: UTF8.self)
    }

    @Test func `a line comes back as it was written`() throws {
        let line = try #require(ChainLine(Array(try text().utf8)))
        #expect(String(decoding: line.bytes, as: UTF8.self) == (try text()))
        #expect(line.entry == ChainFixture.entry(1))
        #expect(line.isIntact)
    }

    @Test(arguments: [
        (#""sequence":1"#, #""sequence":01"#), (#""sequence":1"#, #""sequence":0"#),
        (#""sequence":1"#, #""sequence":-1"#), (#""sequence":1"#, #""sequence":99999999999999999999"#),
        (#"{"chain""#, #"{ "chain""#), (#""chain":"test""#, #""chain":"TEST""#), ("0000", "000g"),
        (#""entry":{"#, #""entry":["#), (#"}"#, ""), (#"{"chain":"test""#, ""),
    ])
    func `any other spelling is no line`(found: String, replacement: String) throws {
        let text = try text()
        let place = try #require(text.firstRange(of: found))
        #expect(ChainLine(Array(text.replacingCharacters(in: place, with: replacement).utf8)) == nil)
    }

    /// A reader of an audit log is fed whatever lies on the disk.
    @Test(arguments: 0..<20) func `damaged bytes are no line, or one that is seen to be changed`(seed: UInt64)
        throws
    {
        var generator = SeededGenerator(seed: seed)
        let original = Array(try text().utf8)
        for _ in 0..<500 {
            let bytes = generator.damaged(original)
            guard let line = ChainLine(bytes) else { continue }
            #expect(line.bytes == bytes)
            #expect(!line.isIntact || bytes == original, "seed \(seed)")
        }
        for _ in 0..<200 { _ = ChainLine(generator.bytes(upTo: 400)) }
    }
}
