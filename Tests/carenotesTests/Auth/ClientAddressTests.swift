import Testing

@testable import carenotes

@Suite struct ClientAddressTests {
    @Test(arguments: [
        ([], "local"), (["192.0.2.7"], "192.0.2.7"), (["10.0.0.1, 192.0.2.7"], "192.0.2.7"),
        (["10.0.0.1", "192.0.2.7"], "192.0.2.7"), (["nonsense"], "unknown"), ([""], "unknown"),
        (["2001:db8:1:2:3:4:5:6"], "20.1.d.b8.0.1.0.2/64"), (["2001:db8:1:2::9"], "20.1.d.b8.0.1.0.2/64"),
    ])
    func `the last address counts, and an IPv6 network is one`(fields: [String], expected: String) {
        var headers = FieldList()
        for field in fields { headers.append("X-Forwarded-For", field) }
        #expect(ClientAddress.source(headers) == expected)
    }
}
