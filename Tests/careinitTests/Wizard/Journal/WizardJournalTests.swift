import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct WizardJournalTests {
    private let folder = TemporaryFolder()
    private let template = Array("A=1\n".utf8)
    private let start: Int64 = 1_795_439_405
    private var project: Project {
        Project(environmentFile: "\(folder.path)/.env", stateDirectory: "\(folder.path)/.careinit")
    }

    private func begin(profile: Profile? = .local) throws -> WizardJournal {
        try WizardJournal.begin(project, template: template, profile: profile, now: start)
    }

    private func load(template: [UInt8]? = nil, after seconds: Int64 = 0) throws -> WizardJournal.Contents? {
        try WizardJournal.load(project, template: template ?? self.template, now: start + seconds)
    }

    private func mode(_ path: String) -> mode_t? { FileSystem.status(path).map { $0.st_mode & 0o777 } }
    private func write(_ text: String, to path: String) throws { try OutputFile.write(Array(text.utf8), to: path) }

    /// A run with an answer and two secrets, one of them given twice.
    private func answered() throws {
        let journal = try begin()
        try journal.moveTo(.variable("APP_NAME"))
        try journal.record(name: "APP_NAME", value: "Rosewood", isSecret: false)
        try journal.record(name: "DB_PASSWORD", value: "first-Canary", isSecret: true)
        try journal.record(name: "SMTP_PASS", value: "other-Canary", isSecret: true)
        try journal.record(name: "DB_PASSWORD", value: "second-Canary", isSecret: true)
        try journal.moveTo(.review)
    }

    @Test func `nothing was left where nothing was begun`() throws {
        #expect(try load() == nil)
        #expect(!FileSystem.exists(project.stateDirectory))
    }

    @Test func `what was answered is there for the next run, secrets included`() throws {
        try answered()
        let contents = try #require(try load(after: 90))
        #expect(
            contents.answers == [
                "APP_NAME": "Rosewood", "DB_PASSWORD": "second-Canary", "SMTP_PASS": "other-Canary",
            ])
        #expect(contents.position == .review && contents.profile == .local && contents.age == 90)
        #expect(contents.header.careinit == VersionCommand.current)
        #expect(!contents.environmentChanged && !contents.templateChanged)
        #expect(contents.damage == nil && contents.lostSecrets.isEmpty)
    }

    @Test func `only its owner can read it, and no secret stands in the journal`() throws {
        try answered()
        #expect(mode(project.wizardFolder) == 0o700)
        #expect(mode(project.wizardJournal) == 0o600 && mode(project.wizardSecrets) == 0o600)
        let journal = try #require(FileSystem.readText(project.wizardJournal))
        #expect(journal.contains("Rosewood") && !journal.contains("Canary"))
        let secrets = try #require(FileSystem.readText(project.wizardSecrets))
        #expect(secrets.contains("second-Canary") && secrets.contains("other-Canary"))
    }

    @Test func `a secret that was given twice is not kept for ever`() throws {
        try answered()
        let contents = try #require(try load())
        let journal = try WizardJournal.resume(project, contents)
        try journal.record(name: "SMTP_PASS", value: "third-Canary", isSecret: true)
        try journal.record(name: "JWT_SECRET", value: "fourth-Canary", isSecret: true)
        let secrets = try #require(FileSystem.readText(project.wizardSecrets))
        #expect(!secrets.contains("first-Canary") && !secrets.contains("other-Canary"))
        #expect(try load()?.answers["DB_PASSWORD"] == "second-Canary")
    }

    @Test func `an answer that was taken back is gone, and an empty secret is an answer`() throws {
        let journal = try begin(profile: nil)
        try journal.choose(.production)
        try journal.record(name: "A", value: "1", isSecret: false)
        try journal.record(name: "B", value: "2", isSecret: true)
        try journal.record(name: "C", value: "", isSecret: true)
        try journal.forget(name: "A")
        try journal.forget(name: "B")
        let contents = try #require(try load())
        #expect(contents.answers == ["C": ""] && contents.profile == .production)
    }

    @Test func `going on keeps what was there and appends to it`() throws {
        try answered()
        let journal = try WizardJournal.resume(project, try #require(try load()))
        #expect(try load()?.answers.count == 3)
        try journal.record(name: "PORT", value: "3002", isSecret: false)
        let contents = try #require(try load())
        #expect(contents.answers["PORT"] == "3002" && contents.answers["APP_NAME"] == "Rosewood")
        #expect(contents.position == .review && contents.header.started == start)
    }

    @Test func `a run that begins anew forgets the one before`() throws {
        try answered()
        _ = try begin(profile: .production)
        let contents = try #require(try load())
        #expect(contents.answers.isEmpty && contents.profile == .production)
        #expect(!FileSystem.exists(project.wizardSecrets))
    }

    @Test func `once the file is written, journal and secrets are gone`() throws {
        try answered()
        try WizardJournal.remove(project)
        #expect(FileSystem.names(in: project.wizardFolder).isEmpty)
        #expect(try load() == nil)
        try WizardJournal.remove(project)
    }

    @Test func `another env file and another template are noticed`() throws {
        try answered()
        #expect(try load(template: [1])?.templateChanged == true)
        try write("A=2\n", to: project.environmentFile)
        #expect(try load()?.environmentChanged == true)
        _ = try begin()
        #expect(try load()?.environmentChanged == false)
        unlink(project.environmentFile)
        #expect(try load()?.environmentChanged == true)
    }

    @Test func `a clock that was set back makes no age below zero`() throws {
        try answered()
        #expect(try load(after: -500)?.age == 0)
    }

    // MARK: Stopped and damaged

    @Test func `stopped at any byte, it goes on from the last answer that was kept`() throws {
        try answered()
        let whole = try #require(FileSystem.read(project.wizardJournal))
        for count in 0...whole.count {
            try OutputFile.write(Array(whole[..<count]), to: project.wizardJournal)
            guard let contents = try load() else {
                #expect(!whole[..<count].contains(UInt8(ascii: "\n")))
                continue
            }
            #expect(contents.damage == nil && contents.lostSecrets.isEmpty || count < whole.count)
            let journal = try WizardJournal.resume(project, contents)
            try journal.record(name: "PORT", value: "\(count)", isSecret: false)
            let again = try #require(try load())
            #expect(again.answers == contents.answers.merging(["PORT": "\(count)"]) { $1 }, "\(count) bytes")
            #expect(again.damage == nil)
        }
    }

    @Test func `a damaged journal is moved aside, and the answers before it are not lost`() throws {
        try write("A=2\n", to: project.environmentFile)
        try answered()
        var bytes = try #require(FileSystem.read(project.wizardJournal))
        let place = try #require(bytes.firstRange(of: Array("DB_PASSWORD".utf8)))
        bytes[place.lowerBound] ^= 1
        try OutputFile.write(bytes, to: project.wizardJournal)
        let contents = try #require(try load())
        #expect(contents.damage == .init(line: 4, movedTo: project.damagedWizardJournal))
        #expect(contents.answers == ["APP_NAME": "Rosewood"])
        #expect(FileSystem.read(project.damagedWizardJournal) == bytes)
        #expect(FileSystem.readText(project.environmentFile) == "A=2\n")
        #expect(try load() == nil)
        _ = try WizardJournal.resume(project, contents)
        #expect(try load()?.answers == ["APP_NAME": "Rosewood"])
    }

    @Test(arguments: ["rubbish\n", "\0\0\0\n", "\n"])
    func `a journal of which nothing is left says so once, and the next run begins`(_ text: String) throws {
        _ = try begin()
        try write(text, to: project.wizardJournal)
        let contents = try #require(try load())
        #expect(contents.damage?.line == 1 && contents.answers.isEmpty)
        #expect(try load() == nil)
        try WizardJournal.resume(project, contents).record(name: "A", value: "1", isSecret: false)
        #expect(try load()?.answers == ["A": "1"])
    }

    @Test func `a folder in its place is moved aside too`() throws {
        _ = try begin()
        unlink(project.wizardJournal)
        for _ in 0..<2 {
            try FileSystem.makeFolder("\(project.wizardJournal)/x", mode: 0o700)
            #expect(try load()?.damage?.line == 1)
            #expect(FileSystem.isFolder(project.damagedWizardJournal))
        }
    }

    @Test func `without its store, secrets are asked for again`() throws {
        try answered()
        try write("{", to: project.wizardSecrets)
        let contents = try #require(try load())
        #expect(contents.answers == ["APP_NAME": "Rosewood"])
        #expect(contents.lostSecrets == ["DB_PASSWORD", "SMTP_PASS"])
        _ = try WizardJournal.resume(project, contents)
        #expect(try load()?.lostSecrets == [])
    }

    @Test func `the journal of a newer careinit is left alone`() throws {
        try answered()
        var header = JournalEntryTests.header
        header.format = 2
        try OutputFile.write(
            try JournalEntry.header(header).line + Array("new kind\n".utf8), to: project.wizardJournal)
        let before = FileSystem.read(project.wizardJournal)
        #expect { try load() } throws: {
            ($0 as? CommandFailure)?.fix?.contains("rm \(project.wizardJournal)") == true
        }
        #expect(FileSystem.read(project.wizardJournal) == before)
    }

    @Test func `a symbolic link in the place of its folder is refused`() throws {
        try FileSystem.makeFolder(project.stateDirectory, mode: 0o711)
        let elsewhere = "\(folder.path)/elsewhere"
        try FileSystem.makeFolder(elsewhere, mode: 0o755)
        symlink(elsewhere, project.wizardFolder)
        #expect { try begin() } throws: { ($0 as? CommandFailure)?.exitCode == .notPermitted }
        #expect(FileSystem.names(in: elsewhere).isEmpty)
    }
}
