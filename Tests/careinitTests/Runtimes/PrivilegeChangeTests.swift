import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct PrivilegeChangeTests {
    /// Bit 10 (capabilities(7)).
    private static let bind = "0000000000000400"

    @Test(.enabled(if: geteuid() == 0))
    func `a user keeps the one right, cannot gain another, and has none without it`() throws {
        let nobody = try #require(UserAccount.named("nobody"))
        for (capability, rights) in [("net_bind_service", Self.bind), (nil, "0000000000000000")] {
            let program = Subprocess(
                arguments: ["cat", "/proc/self/status"], directory: "/", user: nobody, capability: capability)
            let status = try program.run().text
            func field(_ name: String) -> Substring? {
                status.split(separator: "\n").first { $0.hasPrefix("\(name):") }?.split(separator: "\t").last
            }
            #expect(field("CapEff") ?? "" == rights && field("CapAmb") ?? "" == rights, "\(status)")
            #expect(status.contains("Uid:\t65534\t65534\t65534\t65534\n"))
            if capability != nil { #expect(field("CapBnd") ?? "" == rights && field("NoNewPrivs") == "1") }
        }
    }
}
