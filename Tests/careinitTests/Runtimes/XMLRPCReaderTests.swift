import Testing

@testable import careinit

struct XMLRPCReaderTests {
    @Test func `reads what supervisord says of a program`() throws {
        let document = """
            <?xml version='1.0'?>
            <methodResponse>
            <params>
            <param>
            <value><array><data>
            <value><struct>
            <member><name>name</name><value><string>pg-1</string></value></member>
            <member><name>group</name><value><string>postgresql</string></value></member>
            <member><name>start</name><value><int>1763900000</int></value></member>
            <member><name>state</name><value><int>30</int></value></member>
            <member><name>spawnerr</name><value><string>Exited too quickly &lt;a &amp; b&#62;</string></value></member>
            <member><name>pid</name><value><int>0</int></value></member>
            </struct></value>
            </data></array></value>
            </param>
            </params>
            </methodResponse>
            """
        let reply = try XMLRPCReader.reply(Array(document.utf8))
        guard case .value(.array(let list)) = reply, let program = SupervisedProgram(list[0]) else {
            Issue.record("no program in \(reply)")
            return
        }
        #expect(program.name == "pg-1")
        #expect(program.state == .backoff)
        #expect(program.startedAt == 1_763_900_000)
        #expect(program.trouble == "Exited too quickly <a & b>")
    }

    @Test func `tells a fault from a value`() throws {
        let document = """
            <?xml version='1.0'?><methodResponse><fault><value><struct>
            <member><name>faultCode</name><value><int>10</int></value></member>
            <member><name>faultString</name><value><string>BAD_NAME: x</string></value></member>
            </struct></value></fault></methodResponse>
            """
        #expect(try XMLRPCReader.reply(Array(document.utf8)) == .fault(code: 10, reason: "BAD_NAME: x"))
    }

    @Test(arguments: [
        ("<value>plain</value>", XMLRPCValue.string("plain")),
        ("<value><boolean>1</boolean></value>", .boolean(true)),
        ("<value><string></string></value>", .string("")),
        ("<value><array><data></data></array></value>", .array([])),
        ("<value><!-- why --><i4> 7 </i4></value>", .integer(7)),
    ])
    func `reads each type`(content: String, expected: XMLRPCValue) throws {
        let document = "<methodResponse><params><param>\(content)</param></params></methodResponse>"
        #expect(try XMLRPCReader.reply(Array(document.utf8)) == .value(expected))
    }

    @Test(arguments: [
        "", "<", "<methodResponse>", "<!DOCTYPE x [<!ENTITY a 'b'>]><methodResponse/>",
        "<methodResponse><params><param><value><int>x</int></value></param></params></methodResponse>",
        "<methodResponse><params><param><value>&a;</value></param></params></methodResponse>",
    ])
    func `refuses everything else`(document: String) {
        #expect(throws: XMLRPCFormatError.self) { try XMLRPCReader.reply(Array(document.utf8)) }
    }

    @Test func `refuses depth without end`() {
        let document =
            "<methodResponse><params><param>" + String(repeating: "<value><array><data>", count: 100_000)
        #expect(throws: XMLRPCFormatError.self) { try XMLRPCReader.reply(Array(document.utf8)) }
    }
}
