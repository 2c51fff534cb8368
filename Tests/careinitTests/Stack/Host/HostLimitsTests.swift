import Testing

@testable import careinit

@Suite struct HostLimitsTests {
    private static let enough = [
        "fs/file-max": "9223372036854775807\n", "fs/nr_open": "1048576\n", "net/core/somaxconn": "4096\n",
        "net/ipv4/ip_local_port_range": "32768\t60999\n", "net/netfilter/nf_conntrack_max": "262144\n",
    ]

    private func names(_ changes: [String: String?], openFiles: UInt64? = 65_536) -> [String] {
        let values = Self.enough.merging(changes.compactMapValues(\.self)) { $1 }
        let gone = Set(changes.filter { $0.value == nil }.keys)
        return HostLimits.find(openFiles: openFiles) { gone.contains($0) ? nil : values[$0] }.map(\.name)
    }

    @Test func `a machine as Debian makes it has nothing to be named`() {
        #expect(names([:]).isEmpty)
        #expect(names([:], openFiles: nil).isEmpty)
        #expect(HostLimits.lines([]).isEmpty)
    }

    @Test(arguments: [
        ("fs/file-max", "65536", "fs.file-max"), ("fs/nr_open", "20000", "fs.nr_open"),
        ("net/core/somaxconn", "128", "net.core.somaxconn"),
        ("net/ipv4/ip_local_port_range", "32768 33000", "net.ipv4.ip_local_port_range"),
        ("net/netfilter/nf_conntrack_max", "8192", "net.netfilter.nf_conntrack_max"),
    ])
    func `each that is too low is named alone`(path: String, value: String, name: String) {
        #expect(names([path: value]) == [name])
    }

    @Test func `one that cannot be read is named, except the firewall's, which most machines lack`() {
        #expect(names(["net/core/somaxconn": nil]) == ["net.core.somaxconn"])
        #expect(names(["net/netfilter/nf_conntrack_max": nil]).isEmpty)
    }

    @Test func `too few open files are named with what sets them`() {
        let limits = HostLimits.find(openFiles: 4096) { Self.enough[$0] }
        #expect(limits.map(\.current) == ["4096"])
        #expect(HostLimits.lines(limits).last?.contains("install-service") == true)
    }

    @Test func `the lines to set them are for a shell`() throws {
        let limits = HostLimits.find(openFiles: nil) { $0 == "net/core/somaxconn" ? "128" : "1 2" }
        let fix = try #require(HostLimits.lines(limits).last { $0.contains("Fix: ") })
        #expect(fix.contains("net.core.somaxconn=4096 'net.ipv4.ip_local_port_range=32768 60999'"), "\(fix)")
    }
}
