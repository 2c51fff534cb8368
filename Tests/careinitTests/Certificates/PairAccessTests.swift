import Certs
import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct PairAccessTests {
    private static let nobody: uid_t = 65534
    private let folder = TemporaryFolder()
    private var key: String { "\(folder.path)/archive/privkey.pem" }

    /// A pair's key in a folder of the modes, both of whoever runs the tests.
    private func make(folder folderMode: mode_t, key keyMode: UInt32) throws {
        try FileSystem.makeFolder("\(folder.path)/archive", mode: folderMode)
        try OutputFile.write(Array("a key".utf8), to: key, mode: keyMode)
        chmod(folder.path, 0o755)
    }

    @Test func `whoever asks for their own stack has read the files already`() throws {
        #expect(PairAccess(reader: geteuid()).answer([key]) == .readable)
        #expect(PairAccess(reader: 0).answer([key]) == .readable)
    }

    @Test func `who is neither root nor the stack's user cannot tell`() {
        var access = PairAccess(reader: Self.nobody)
        access.asker = 1
        #expect(access.answer([key]) == .unknown("only root and nobody can see whether nobody reads the pair"))
    }

    @Test(
        .enabled(if: geteuid() == 0, "only root can ask for others"),
        arguments: [
            (0o755, 0o644, nil), (0o700, 0o644, "archive"), (0o755, 0o600, "archive/privkey.pem"),
            (0o700, 0o600, "archive"),
        ] as [(mode_t, UInt32, String?)])
    func `root learns what is closed to the stack's user, and where`(
        folderMode: mode_t, keyMode: UInt32, closed: String?
    ) throws {
        try make(folder: folderMode, key: keyMode)
        // A link, as certbot makes them: what counts is where it leads.
        let link = "\(folder.path)/privkey.pem"
        try #require(symlink("archive/privkey.pem", link) == 0)
        let expected = closed.map { PairAccess.Answer.closed("\(folder.path)/\($0)") } ?? .readable
        #expect(PairAccess(reader: Self.nobody).answer([key]) == expected)
        let through = closed == "archive/privkey.pem" ? .closed(link) : expected
        #expect(PairAccess(reader: Self.nobody).answer([link]) == through)
    }

    @Test func `the stack's user is the owner of its state, or of its .env`() throws {
        let project = Project(
            environmentFile: "\(folder.path)/.env", stateDirectory: "\(folder.path)/.careinit")
        #expect(PairAccess(project: project) == nil)
        try OutputFile.write([], to: project.environmentFile)
        #expect(PairAccess(project: project)?.reader == geteuid())
        guard geteuid() == 0 else { return }
        try FileSystem.makeFolder(project.stateDirectory, mode: 0o711)
        try #require(chown(project.stateDirectory, Self.nobody, Self.nobody) == 0)
        #expect(PairAccess(project: project)?.reader == Self.nobody)
    }
}
