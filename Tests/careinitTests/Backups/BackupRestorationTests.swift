import EnvSchema
import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct BackupRestorationTests {
    private let folder = TemporaryFolder()
    private var environment: String { "\(folder.path)/.env" }
    private let old = Array("# ours\nA=old\nKEY=1\n".utf8)
    private let new = Array("A=new\nKEY=2\n".utf8)

    /// A stack with a backup, and what restoring it is.
    private func restoration(of contents: [UInt8]? = nil) throws -> BackupRestoration {
        let template =
            "# @public\n# careinit: binds=data\nKEY=1\n# @public @required @type=port\nP=\n# @public\nA=\n"
        let backup = try #require(Backup(name: ".env.backup-20261123T131005Z", of: environment))
        try OutputFile.write(contents ?? old, to: backup.path)
        return try BackupRestoration(
            backup, project: Project(environmentFile: environment, stateDirectory: "\(folder.path)/.careinit"),
            schema: try Schema(template: EnvDocument(parsing: Array(template.utf8))), now: 1_795_525_805)
    }

    @Test func `the backup takes its place byte by byte, and the present file is kept`() throws {
        try OutputFile.write(new, to: environment, mode: 0o644)
        let restoration = try restoration()
        #expect(restoration.difference.names == ["A", "KEY"])
        let kept = try #require(try restoration.carryOut())
        #expect(kept == "\(environment).backup-20261124T131005Z")
        #expect(FileSystem.read(environment) == old && FileSystem.read(kept) == new)
        for path in [environment, kept] { #expect(FileSystem.status(path).map { $0.st_mode & 0o777 } == 0o600) }
        #expect(FileSystem.read(restoration.contents.backup.path) == old)
    }

    @Test func `where there is no file, none is kept`() throws {
        #expect(try restoration().carryOut() == nil)
        #expect(FileSystem.read(environment) == old)
    }

    @Test func `the same file needs nothing, unless others may read it`() throws {
        try OutputFile.write(old, to: environment)
        #expect(try restoration().isInPlace)
        chmod(environment, 0o644)
        #expect(try !restoration().isInPlace)
        #expect(try restoration().carryOut() == nil)
        #expect(try restoration().isInPlace)
    }

    @Test func `a file that was changed meanwhile is left alone`() throws {
        try OutputFile.write(new, to: environment)
        let restoration = try restoration()
        try OutputFile.write(Array("A=third\n".utf8), to: environment)
        #expect { try restoration.carryOut() } throws: { ($0 as? CommandFailure)?.exitCode == .locked }
        #expect(FileSystem.readText(environment) == "A=third\n")
        #expect(try Backup.all(of: environment).count == 1)
    }

    @Test func `a link in the place of the file is refused, and no backup is left of it`() throws {
        let target = "\(folder.path)/target"
        try OutputFile.write(new, to: target)
        symlink(target, environment)
        let restoration = try restoration()
        #expect { try restoration.carryOut() } throws: { ($0 as? CommandFailure)?.exitCode == .cannotCreate }
        #expect(FileSystem.read(target) == new)
        #expect(try Backup.all(of: environment).count == 1)
    }

    @Test func `what the data depend on, and what the template finds, is warned of`() throws {
        try OutputFile.write(new, to: environment)
        #expect(try restoration().warnings.map { $0.prefix(12) } == ["The template"])
        try FileSystem.makeFolder("\(folder.path)/.careinit/data", mode: 0o711)
        #expect(try restoration().warnings.first?.contains("depend on KEY") == true)
        #expect(try restoration(of: Array("KEY=2\nP=80\n".utf8)).warnings.isEmpty)
    }
}
