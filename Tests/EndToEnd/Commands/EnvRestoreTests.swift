import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// `careinit env restore` on files on the disk, and at a terminal.
@Suite struct EnvRestoreTests {
    let folder: ScratchFolder
    let path: String
    let first: [UInt8]
    let second: [UInt8]
    let backup: String

    init() throws {
        folder = try ScratchFolder()
        path = try SettingsFiles.provision(in: folder)
        first = Files.read(path)
        let change = try careinit("provision", "--set", "APP_NAME=Rosewood", "--no-input", in: folder.path)
        guard change.code == 0 else { throw HarnessError("provision: \(change)") }
        second = Files.read(path)
        backup = try #require(Files.names(in: folder.path).first { $0.hasPrefix(".env.backup-") })
    }

    private var backups: [String] { Files.names(in: folder.path).filter { $0.hasPrefix(".env.backup-") } }

    @Test func `lists what there is, by name and not by value`() throws {
        for arguments in [["env", "restore"], ["env", "restore", "--list"]] {
            let outcome = try run([Programs.careinit] + arguments, in: folder.path)
            let words = ["\(backup)  20", "Z  1 variable: APP_NAME set otherwise"]
            #expect(outcome.code == 0 && missing(words, in: outcome.output) == [], "\(outcome)")
            #expect(outcome.output.contains("careinit env restore \(backup)"))
        }
        let json = try careinit("env", "restore", "--list", "--json", in: folder.path)
        #expect(missing(["\"name\" : \"\(backup)\"", "\"differing\" : 1", "APP_NAME"], in: json.output) == [])
        #expect(Files.read(path) == second)
        let empty = try ScratchFolder()
        let none = try careinit("env", "restore", in: empty.path)
        #expect(none.code == 0 && none.output.contains("There is no backup"))
    }

    @Test func `without a terminal it wants --yes, and then brings back every byte`() throws {
        let refused = try careinit("env", "restore", backup, in: folder.path)
        #expect(refused.code == 64 && missing(["--yes", "APP_NAME"], in: refused.error) == [], "\(refused)")
        #expect(Files.read(path) == second && backups == [backup])

        let planned = try careinit("env", "restore", backup, "--dry-run", in: folder.path)
        #expect(planned.code == 0 && planned.output.contains("Would restore"), "\(planned)")
        #expect(Files.read(path) == second && backups == [backup])

        let restored = try careinit("env", "restore", backup, "--yes", in: folder.path)
        #expect(
            restored.code == 0 && missing(["Restored", "careinit up"], in: restored.output) == [], "\(restored)")
        #expect(Files.read(path) == first && Files.mode(path) == 0o600)
        let kept = try #require(backups.first { $0 != backup })
        #expect(Files.read(folder[kept]) == second && Files.mode(folder[kept]) == 0o600)

        let again = try careinit("env", "restore", backup, "--yes", "--json", in: folder.path)
        #expect(again.code == 0 && again.output.contains("\"outcome\" : \"unchanged\""), "\(again)")
        #expect(backups.count == 2)
        #expect(try careinit("check", in: folder.path).code == 0)
    }

    @Test(arguments: ["y\r", "n\r", "\r", "\u{4}"])
    func `at a terminal it asks, and only a yes is one`(answer: String) throws {
        let terminal = try PseudoTerminal()
        let stamp = String(backup.dropFirst(".env.backup-".utf8.count))
        let process = try terminal.start([Programs.careinit, "env", "restore", stamp], folder: folder.path)
        try terminal.expect("Changes 1 variable: APP_NAME")
        try terminal.expect("[y/N] ")
        terminal.send(answer)
        let isYes = answer == "y\r"
        #expect(try process.outcome().code == (isYes ? 0 : 1))
        #expect(Files.read(path) == (isYes ? first : second))
        #expect(backups.count == (isYes ? 2 : 1))
        #expect(terminal.settings == terminal.original)
    }

    @Test func `a backup that is none, or no file, changes nothing`() throws {
        let cases: [(name: String, code: Int32)] = [
            (".env.backup-20200101T000000Z", 66), ("/etc/passwd", 66), (".env", 66), ("../\(backup)", 66),
            (".env.backup-20200102T000000Z", 65), (".env.backup-20200103T000000Z", 65),
        ]
        symlink(folder[backup], folder[".env.backup-20200102T000000Z"])
        try Files.write(Array("DB_PASSWORD='hush-Canary\n".utf8), to: folder[".env.backup-20200103T000000Z"])
        for (name, code) in cases {
            let outcome = try careinit("env", "restore", name, "--yes", in: folder.path)
            #expect(outcome.code == code && outcome.error.contains("Fix: "), "\(name): \(outcome)")
            #expect(!outcome.text.contains("Canary"))
        }
        let both = try careinit("env", "restore", backup, "--list", in: folder.path)
        #expect(both.code == 64, "\(both)")
        #expect(Files.read(path) == second)
    }

    @Test func `while another careinit is at work it waits for nobody`() throws {
        let terminal = try PseudoTerminal()
        let holder = try terminal.start([Programs.careinit, "wizard", "--profile", "local"], folder: folder.path)
        try terminal.expect("APP_NAME")
        let outcome = try careinit("env", "restore", backup, "--yes", in: folder.path)
        #expect(outcome.code == 75, "\(outcome)")
        #expect(Files.read(path) == second)
        holder.send(9)
        _ = try holder.outcome()
    }

    @Test(.enabled(if: Privileges.canChangeUser))
    func `root takes no file from its owner`() throws {
        for name in [".env", backup] { chown(folder[name], Privileges.nobody, Privileges.nobody) }
        #expect(try careinit("env", "restore", backup, "--yes", in: folder.path).code == 0)
        for name in [".env"] + backups {
            var status = stat()
            #expect(lstat(folder[name], &status) == 0 && status.st_uid == Privileges.nobody, "\(name)")
        }
    }

    @Test(.enabled(if: Privileges.canChangeUser))
    func `no permission to replace the file is 77, and it stays`() throws {
        // The state folder is the user's; the folder of .env is not, and so nothing can be replaced in it.
        chmod(folder.path, 0o755)
        let state = ["", "/lock", "/run", "/logs"].map { folder[".careinit"] + $0 }
        for path in state + [path, folder[backup]] { chown(path, Privileges.nobody, Privileges.nobody) }
        let outcome = try careinit("env", "restore", backup, "--yes", in: folder.path, as: Privileges.nobody)
        #expect(outcome.code == 77, "\(outcome)")
        #expect(Files.read(path) == second && backups == [backup])
    }
}
