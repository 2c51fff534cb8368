import EnvSchema
import TestSupport
import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct BackupContentsTests {
    private let folder = TemporaryFolder()

    private func backup(_ bytes: [UInt8]) throws -> Backup {
        let backup = try #require(Backup(name: ".env.backup-20261123T131005Z", of: "\(folder.path)/.env"))
        try OutputFile.write(bytes, to: backup.path)
        return backup
    }

    @Test func `names that differ are told, and values never`() throws {
        let contents = try BackupContents.read(try backup(Array("A=1\nB=hush-Canary\nC=3\n".utf8)))
        let present = EnvDocument(parsing: Array("A=1\nB=2\nD=4\n".utf8))
        let difference = contents.differences(from: present)
        #expect(difference == .init(names: ["B", "C", "D"], count: 3))
        #expect(difference.text == "3 variables: B, C, D")
        #expect(contents.differences(from: nil).names == ["A", "B", "C"])
        #expect(contents.differences(from: contents.document).text == "no variable")
    }

    @Test func `of many names some are shown, and all are counted`() {
        let names = (10..<30).map { "N\($0)" }
        #expect(BackupDifference(names: names, count: 21).text.hasSuffix("N20, N21 and 9 more"))
        #expect(BackupDifference(names: ["A"], count: 1).text == "1 variable: A")
        #expect(BackupDifference(names: [], count: 1).text == "1 variable: 1 more")
    }

    @Test(arguments: ["A='open\n", "", "# nothing\n", "A=1\0\n", "nonsense\n"])
    func `what is no file of settings is refused`(_ text: String) throws {
        let backup = try backup(Array(text.utf8))
        #expect { try BackupContents.read(backup) } throws: { ($0 as? CommandFailure)?.exitCode == .invalidData }
    }

    @Test func `a symbolic link and a folder are refused, and a missing one is missing`() throws {
        let backup = try backup(Array("A=1\n".utf8))
        let target = "\(folder.path)/target"
        rename(backup.path, target)
        #expect { try BackupContents.read(backup) } throws: { ($0 as? CommandFailure)?.exitCode == .missingInput }
        symlink(target, backup.path)
        #expect { try BackupContents.read(backup) } throws: { ($0 as? CommandFailure)?.exitCode == .invalidData }
        unlink(backup.path)
        mkdir(backup.path, 0o700)
        #expect { try BackupContents.read(backup) } throws: { ($0 as? CommandFailure)?.exitCode == .invalidData }
    }

    @Test func `any bytes end in contents or in a reason`() throws {
        var generator = SeededGenerator(seed: FuzzSeed.value &+ 5)
        let good = Array("# c\nA=1\nB='two words'\nexport C=\"x\\ny\"\n".utf8)
        for round in 0..<300 {
            let backup = try backup(generator.damaged(good))
            do throws(CommandFailure) {
                #expect(try !BackupContents.read(backup).document.assignments.isEmpty)
            } catch {
                #expect(error.exitCode == .invalidData, "seed \(FuzzSeed.value), round \(round)")
            }
        }
    }
}
