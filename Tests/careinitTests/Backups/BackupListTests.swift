import EnvSchema
import Testing

@testable import careinit

@Suite struct BackupListTests {
    private let folder = TemporaryFolder()
    private var environment: String { "\(folder.path)/.env" }

    @Test func `each is listed with what it sets otherwise, or why it cannot be used`() throws {
        try OutputFile.write(Array("A=2\nB=hush-Canary\n".utf8), to: "\(environment).backup-20261123T131005Z")
        try OutputFile.write(Array("A='\n".utf8), to: "\(environment).backup-20261124T131005Z")
        let list = try BackupList.read(environment, present: EnvDocument(parsing: Array("A=1\n".utf8)))
        #expect(list.backups.map(\.time) == ["2026-11-24T13:10:05Z", "2026-11-23T13:10:05Z"])
        #expect(list.backups[0].problem?.contains("cannot be read as settings") == true)
        #expect(list.backups[0].differing == nil)
        #expect(list.backups[1].differing == 2 && list.backups[1].variables == ["A", "B"])
        #expect(
            list.lines[1] == ".env.backup-20261123T131005Z  2026-11-23T13:10:05Z  2 variables: A, B set otherwise")
        #expect(!(list.lines.joined() + (try JSONText.encode(list))).contains("Canary"))
    }

    @Test func `where there is none, it says so`() throws {
        #expect(try BackupList.read(environment, present: nil).lines == ["There is no backup of \(environment)."])
    }
}
