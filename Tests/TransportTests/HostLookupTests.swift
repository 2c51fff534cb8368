import Testing

@testable import Transport

@Suite struct HostLookupTests {
    @Test(arguments: ["127.0.0.1", "::1", "192.0.2.7"])
    func `an address is its own`(address: String) throws {
        #expect(try HostLookup.addresses(of: address, timeout: .seconds(20)) == [address])
    }

    @Test func `localhost is this machine`() throws {
        let addresses = try HostLookup.addresses(of: "localhost", timeout: .seconds(20))
        #expect(!addresses.isEmpty && Set(addresses).isSubset(of: ["127.0.0.1", "::1"]))
    }

    @Test func `a name that nobody has is an error`() {
        #expect(throws: TransportError.self) {
            try HostLookup.addresses(of: "no-such-host.invalid", timeout: .seconds(20))
        }
    }

    @Test func `no time is no answer`() {
        #expect(throws: TransportError.unresolvable(host: "no-such-host.invalid", reason: "no answer in time")) {
            try HostLookup.addresses(of: "no-such-host.invalid", timeout: .zero)
        }
    }
}
