import Testing

/// What careinit and carenotes do with a `.env` that is no `.env`.
@Suite struct BrokenFileTests {
    let folder = try? ScratchFolder()
    let path: String
    let valid: String

    init() throws {
        let folder = try #require(folder)
        path = try SettingsFiles.provision(in: folder)
        valid = Files.text(path)
        Files.remove(path)
    }

    private var root: String { folder?.path ?? "/nonexistent" }

    @Test(arguments: BrokenFile.all)
    func `check says what is wrong, and where`(_ broken: BrokenFile) throws {
        try broken.make(path, valid)
        let outcome = try careinit("check", in: root)
        #expect(outcome.code == broken.checkCode, "\(outcome)")
        #expect(missing(broken.words, in: outcome.text) == [])
        #expect(outcome.text.contains("Fix: "))
    }

    @Test(arguments: BrokenFile.all)
    func `provision refuses it and leaves it as it was`(_ broken: BrokenFile) throws {
        // An empty file is where provision begins.
        if broken.words.contains("empty-file") { return }
        try broken.make(path, valid)
        let before = Files.isFolder(path) ? [] : Files.read(path)
        let names = Files.names(in: root)
        let outcome = try careinit("provision", "--profile", "local", "--no-input", in: root)
        #expect(outcome.code == 65, "\(outcome)")
        #expect(outcome.error.contains("Fix: "))
        if !Files.isFolder(path) { #expect(Files.read(path) == before) }
        #expect(Files.names(in: root) == names)
    }

    @Test func `provision fills an empty file`() throws {
        try Files.write([], to: path)
        let outcome = try careinit("provision", "--profile", "local", "--no-input", in: root)
        #expect(outcome.code == 0, "\(outcome)")
        #expect(try careinit("check", in: root).code == 0)
    }

    @Test(arguments: BrokenFile.all)
    func `the wizard refuses it on a terminal`(_ broken: BrokenFile) throws {
        if broken.words.contains("empty-file") { return }
        try broken.make(path, valid)
        let terminal = try PseudoTerminal()
        let outcome = try terminal.start([Programs.careinit, "wizard"], folder: root).outcome()
        #expect(outcome.code == 65, "\(terminal.screen())")
        #expect(terminal.settings == terminal.original)
    }

    @Test func `a file that is not there is named`() throws {
        let outcome = try careinit("check", "no-such.env", in: root)
        #expect(outcome.code == 66)
        #expect(missing(["no-such.env", "Fix: "], in: outcome.error) == [])
    }

    @Test func `a file that may not be read is named`() throws {
        try #require(Privileges.canChangeUser)
        try Files.write(Array(valid.utf8), to: path)
        let outcome = try careinit("check", path, in: root, as: Privileges.nobody)
        #expect(outcome.code == 77, "\(outcome)")
        #expect(missing([path, "Fix: "], in: outcome.error) == [])
    }
}
