import Testing

@testable import carenotes

struct HostDirectoryTests {
    @Test func `hosts that nobody has seen come in their own order for writes`() {
        #expect(HostDirectory(hosts: ["a", "b", "c"]).order(for: .primary) == ["a", "b", "c"])
    }

    @Test func `the primary comes first for writes and last for reads, and what is away last of all`() {
        let directory = HostDirectory(hosts: ["a", "b", "c"])
        #expect(directory.saw(.primary, at: "b") == nil)
        #expect(directory.saw(.standby, at: "c") == nil)
        #expect(directory.order(for: .primary) == ["b", "a", "c"])
        #expect(directory.order(for: .standby) == ["c", "a", "b"])
        directory.lost("b")
        #expect(directory.order(for: .primary) == ["a", "c", "b"])
    }

    @Test func `a new primary names the one whose place it took`() {
        let directory = HostDirectory(hosts: ["a", "b"])
        #expect(directory.saw(.primary, at: "a") == nil)
        #expect(directory.saw(.primary, at: "a") == nil)
        #expect(directory.saw(.primary, at: "b") == "a")
        #expect(directory.saw(.primary, at: "b") == nil)
    }
}
