import Testing

/// `careinit check --fix` on files on the disk.
@Suite struct CheckFixTests {
    let folder: ScratchFolder
    let path: String
    let valid: String

    init() throws {
        folder = try ScratchFolder()
        path = try SettingsFiles.provision(in: folder)
        valid = Files.text(path)
    }

    private var backups: [String] { Files.names(in: folder.path).filter { $0.hasPrefix(".env.backup-") } }

    /// A byte order mark, CR LF, a colon, a duplicate and a missing variable.
    private var broken: String {
        let lines = valid.split(separator: "\n", omittingEmptySubsequences: false).filter {
            !$0.hasPrefix("LOG_LEVEL=")
        }
        let text = lines.map { $0.hasPrefix("REDIS_DB=") ? "REDIS_DB: 0" : String($0) }.joined(separator: "\r\n")
        return "\u{FEFF}APP_NAME=Old # first\r\n" + text
    }

    @Test func `mends what changes no reading, keeps a backup, and finds nothing the second time`() throws {
        try Files.write(Array(broken.utf8), to: path, mode: 0o644)
        let outcome = try careinit("check", "--fix", in: folder.path)
        #expect(outcome.code == 0, "\(outcome)")
        #expect(missing(["mended", ".env.backup-"], in: outcome.error) == [])
        #expect(missing(["no findings"], in: outcome.output) == [])
        let mended = Files.text(path)
        #expect(mended.hasPrefix("# APP_NAME=Old # first\n") && mended.contains("\nREDIS_DB= 0\n"))
        #expect(mended.contains("\nLOG_LEVEL=info\n") && !mended.contains("\r"))
        #expect(Files.mode(path) == 0o600)
        #expect(backups.count == 1)
        #expect(Files.text(folder[backups[0]]) == broken && Files.mode(folder[backups[0]]) == 0o600)

        let again = try careinit("check", "--fix", in: folder.path)
        #expect(again.code == 0 && Files.text(path) == mended && backups.count == 1, "\(again)")
    }

    @Test func `a dry run shows the difference without a secret and changes nothing`() throws {
        let secret = "Zq3vT8yLw1RkNf6BxHs2JdUc7PmEaG5o"
        try Files.write(Array("DB_PASSWORD: \(secret)\n\(valid)".utf8), to: path)
        let before = Files.names(in: folder.path)
        let outcome = try careinit("check", "--fix", "--dry-run", in: folder.path)
        #expect(outcome.code == 0, "\(outcome)")
        #expect(missing(["+++ .env", "-DB_PASSWORD: ********", "+# DB_PASSWORD="], in: outcome.output) == [])
        #expect(!outcome.text.contains(secret))
        #expect(Files.text(path).hasPrefix("DB_PASSWORD: \(secret)\n") && Files.names(in: folder.path) == before)
    }

    @Test func `what a selected reader would read otherwise stays, and the exit code says so`() throws {
        let text = valid + "# end\r\n" + "LOG_FORMAT=json\r\n"
        try Files.write(Array(text.utf8), to: path)
        let outcome = try careinit("check", "--fix", "--for", "compose,sh", in: folder.path)
        #expect(outcome.code == 1, "\(outcome)")
        #expect(missing(["carriage-returns", "read-differently"], in: outcome.output) == [])
        #expect(Files.text(path).contains("LOG_FORMAT=json\r\n"))
    }

    @Test func `a file that cannot be written stays as it is, and so does the folder`() throws {
        try #require(Privileges.canChangeUser)
        try Files.write(Array(broken.utf8), to: path, mode: 0o644)
        let before = Files.names(in: folder.path)
        let outcome = try careinit("check", "--fix", in: folder.path, as: Privileges.nobody)
        #expect(outcome.code == 77, "\(outcome)")
        #expect(Files.text(path) == broken && Files.names(in: folder.path) == before)
    }

    @Test func `diff reads standard input too`() throws {
        for words in [["--stdin"], ["-"]] {
            let outcome = try run([Programs.careinit, "diff"] + words, in: folder.path, input: valid + "X=1\n")
            #expect(outcome.code == 1 && outcome.output.contains("+ X  not in the template"), "\(outcome)")
        }
        let both = try run([Programs.careinit, "diff", ".env", "--stdin"], in: folder.path, input: valid)
        #expect(both.code == 64 && both.error.contains("Fix: "), "\(both)")
    }

    @Test func `what cannot be mended in place is a usage error`() throws {
        for words in [["--fix", "--stdin"], ["--dry-run"]] {
            let outcome = try run([Programs.careinit, "check"] + words, in: folder.path, input: "A=1\n")
            #expect(outcome.code == 64 && outcome.error.contains("Fix: "), "\(outcome)")
        }
    }
}
