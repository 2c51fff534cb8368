import Testing

@testable import careinit

@Suite struct PublicNameTests {
    @Test(arguments: ["notes.care.co.uk", "care.org", "XN--NXASMQ6B.org", "a.b.c.example.com"])
    func `names of the public DNS can be vouched for`(host: String) { #expect(PublicName.problem(host) == nil) }

    @Test(arguments: [
        "localhost", "care", "care.test", "care.LOCAL", "care.internal", "192.0.2.7", "::1", "care.home.arpa", "",
        "care.example",
    ])
    func `names and addresses that nobody may sign cannot`(host: String) {
        #expect(PublicName.problem(host) != nil)
    }
}
