import Testing

@testable import carenotes

@Suite("How long a request says that it is")
struct FramingTests {
    private static func framing(_ fields: [(String, String)]) -> Framing {
        var framing = Framing()
        for (name, value) in fields { framing.note(name, value) }
        return framing
    }

    @Test(
        "one length, or one coding, is clear",
        arguments: [
            ([], nil, false), ([("Content-Length", "0")], 0, false), ([("content-length", "12")], 12, false),
            ([("Transfer-Encoding", "chunked")], nil, true), ([("TRANSFER-ENCODING", "Chunked")], nil, true),
            ([("Host", "a"), ("X-Request-Id", "1"), ("Content-Length", "7")], 7, false),
        ] as [([(String, String)], UInt64?, Bool)])
    func clear(_ fields: [(String, String)], _ length: UInt64?, _ isChunked: Bool) {
        let framing = Self.framing(fields)
        #expect(!framing.isAmbiguous && framing.announcedLength == length && framing.isChunked == isChunked)
    }

    @Test(
        "what two readers might read differently is ambiguous",
        arguments: [
            [("Content-Length", "5"), ("Content-Length", "5")],
            [("Content-Length", "5"), ("Content-Length", "0")],
            [("Content-Length", "5"), ("Transfer-Encoding", "chunked")],
            [("Transfer-Encoding", "chunked"), ("Content-Length", "5")],
            [("Transfer-Encoding", "chunked"), ("Transfer-Encoding", "identity")],
            [("Transfer-Encoding", "identity, chunked")], [("Transfer-Encoding", "xchunked")],
            [("Transfer-Encoding", "\u{0B}chunked")], [("Transfer-Encoding", "")],
            [("Content-Length", "")], [("Content-Length", "+5")], [("Content-Length", "-5")],
            [("Content-Length", "0x5")], [("Content-Length", "5 5")], [("Content-Length", "5,5")],
            [("Content-Length ", "5")], [("Transfer-Encoding ", "chunked")], [("", "5")], [("A\rB", "5")],
            [("Content-Length:", "5")], [("A B", "")],
        ])
    func ambiguous(_ fields: [(String, String)]) {
        #expect(Self.framing(fields).isAmbiguous)
    }
}
