import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct UnitFolderTests {
    private let machine = TemporaryFolder()
    private var units: UnitFolder { UnitFolder(root: machine.path) }
    private let first = Project(environmentFile: "/srv/a b/100%.env", stateDirectory: "/srv/a b/.careinit")
    private let second = Project(environmentFile: "/srv/b/.env", stateDirectory: "/srv/b/.careinit")

    private func install(_ project: Project, as name: String) throws {
        let unit = ServiceUnit(name: name, project: project, program: "/usr/bin/env", runtime: .native, user: nil)
        try put(String(decoding: try unit.render(), as: UTF8.self), at: units.path(of: name))
    }

    private func put(_ text: String, at path: String) throws {
        try OutputFile.makeFolder(path.parentPath)
        try OutputFile.write(Array(text.utf8), to: path, mode: 0o644)
    }

    @Test func `the first stack of a machine has the plain name, and keeps it`() throws {
        #expect(try units.name(for: first, number: "0a1b") == "careinit.service")
        #expect(units.unit(of: first) == nil)
        try install(first, as: "careinit.service")
        #expect(try units.name(for: first, number: "0a1b") == "careinit.service")
        #expect(units.unit(of: first) == "careinit.service")
    }

    @Test func `further ones have a number of their own, and keep it when the first is gone`() throws {
        try install(first, as: "careinit.service")
        #expect(try units.name(for: second, number: "0a1b") == "careinit-0a1b.service")
        try install(second, as: "careinit-0a1b.service")
        unlink(units.path(of: "careinit.service"))
        #expect(try units.name(for: second, number: "0a1b") == "careinit-0a1b.service")
    }

    @Test(arguments: ["/etc/systemd/system", "/usr/lib/systemd/system"])
    func `a unit that somebody else wrote is neither overwritten nor hidden`(folder: String) throws {
        try put("[Service]\nExecStart=/bin/true\n", at: "\(machine.path)\(folder)/careinit.service")
        let failure = #expect(throws: CommandFailure.self) { try units.name(for: first, number: "0a1b") }
        #expect(failure?.exitCode == .notPermitted)
        #expect(failure?.place == "\(machine.path)\(folder)/careinit.service")
    }

    @Test func `Debian's own units are named where they start at boot, and not where they are masked`() throws {
        for name in ["nginx.service", "redis-server.service", "cron.service"] {
            try put("", at: "\(units.path)/multi-user.target.wants/\(name)")
        }
        #expect(symlink("/dev/null", units.path(of: "redis-server.service")) == 0)
        #expect(units.rivals == ["nginx.service"])
    }
}
