import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// `install-service` and `uninstall-service` on a machine whose `/` is a folder of the test's own.
@Suite struct InstallServiceTests {
    private let folder: ScratchFolder
    private let unit: String
    private let link: String

    init() throws {
        folder = try ScratchFolder()
        try SettingsFiles.provision(in: folder)
        mkdir(folder["machine"], 0o755)
        let units = folder["machine/etc/systemd/system"]
        (unit, link) = ("\(units)/careinit.service", "\(units)/multi-user.target.wants/careinit.service")
    }

    private func install(_ more: String...) throws -> Outcome {
        try run([Programs.careinit, "install-service", "--root", folder["machine"]] + more, in: folder.path)
    }

    private func uninstall(_ more: String...) throws -> Outcome {
        try run([Programs.careinit, "uninstall-service", "--root", folder["machine"]] + more, in: folder.path)
    }

    @Test func `it is checked, written, enabled, and written again only where it differs`() throws {
        let first = try install()
        #expect(first.code == 0, "\(first)")
        #expect(Files.mode(unit) == 0o644)
        let target = try run(["readlink", link], in: "/").output
        #expect(target == "/etc/systemd/system/careinit.service\n")
        let text = Files.text(unit)
        #expect(missing(["--env-file \"\(folder[".env"])\"", "[X-Careinit]"], in: text) == [])
        #expect(!text.contains("{{"))
        // Before anything is done, it is said.
        #expect(missing(["write   \(unit)", "enable careinit.service"], in: first.error) == [])
        let second = try install()
        #expect(second.code == 0 && !second.error.contains("write   "), "\(second)")
        let verify = try run(["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", unit], in: "/")
        #expect(verify.code == 0, "\(verify)")
    }

    @Test func `a dry run and --print change nothing`() throws {
        let dry = try install("--dry-run", "--now")
        #expect(dry.code == 0, "\(dry)")
        #expect(missing(["write   \(unit)", "start careinit.service"], in: dry.output) == [])
        let printed = try install("--print")
        #expect(printed.code == 0 && printed.output.contains("\nType=forking\n"), "\(printed)")
        #expect(Files.names(in: folder["machine"]).isEmpty)
    }

    @Test func `it goes as it came, and only this stack's`() throws {
        #expect(try install().code == 0)
        let other = try ScratchFolder()
        try SettingsFiles.provision(in: other)
        let second = try run(
            [Programs.careinit, "install-service", "--root", folder["machine"]], in: other.path)
        #expect(second.code == 0, "\(second)")
        let gone = try uninstall()
        #expect(gone.code == 0, "\(gone)")
        #expect(!Files.exists(unit) && Files.mode(link) == 0)
        let left = Files.names(in: folder["machine/etc/systemd/system"])
        #expect(left.count == 2 && left[0].hasPrefix("careinit-"), "\(left)")
        let again = try uninstall()
        #expect(again.code == 0 && again.error.contains("No unit of"), "\(again)")
    }

    @Test func `a unit that somebody else wrote stays as it is`() throws {
        #expect(try run(["mkdir", "-p", folder["machine/etc/systemd/system"]], in: "/").code == 0)
        try Files.write(Array("[Service]\nExecStart=/bin/true\n".utf8), to: unit)
        let outcome = try install()
        #expect(outcome.code == 77 && outcome.error.contains("careinit did not write it"), "\(outcome)")
        #expect(Files.text(unit) == "[Service]\nExecStart=/bin/true\n")
    }

    @Test func `settings that up would refuse are refused here`() throws {
        let text = SettingsFiles.replacing("DB_PORT", by: "DB_PORT=postgres", in: Files.text(folder[".env"]))
        try Files.write(Array(text.utf8), to: folder[".env"])
        #expect(try install().code == 65)
        #expect(Files.names(in: folder["machine"]).isEmpty)
    }

    @Test(.enabled(if: Privileges.canChangeUser))
    func `a user who cannot read the settings, and ports that are root's, are refused before the next boot`()
        throws
    {
        let unreadable = try install("--user", "nobody")
        #expect(unreadable.code == 77 && unreadable.error.contains("nobody cannot run careinit"), "\(unreadable)")
        let text = SettingsFiles.replacing("HTTP_PORT", by: "HTTP_PORT=80", in: Files.text(folder[".env"]))
        try Files.write(Array(text.utf8), to: folder[".env"])
        let ports = try install("--user", "nobody")
        #expect(ports.code == 77 && ports.error.contains("ip_unprivileged_port_start=80"), "\(ports)")
        #expect(Files.names(in: folder["machine"]).isEmpty)
    }

    @Test(arguments: [["--user", "no-such-user"], ["--runtime", "podman"], ["--root", "/no/such/folder"]])
    func `what is not there is a mistake of the command line`(words: [String]) throws {
        let outcome = try run([Programs.careinit, "install-service"] + words, in: folder.path)
        #expect(outcome.code == 64, "\(outcome)")
    }

    @Test(.enabled(if: Privileges.canChangeUser)) func `only root changes this machine's own units`() throws {
        let own = try ScratchFolder()
        chown(own.path, Privileges.nobody, Privileges.nobody)
        let made = try careinit(
            "provision", "--profile", "local", "--no-input", in: own.path, as: Privileges.nobody)
        try #require(made.code == 0, "\(made)")
        let outcome = try careinit("install-service", in: own.path, as: Privileges.nobody)
        #expect(outcome.code == 77 && outcome.error.contains("sudo"), "\(outcome)")
    }
}
