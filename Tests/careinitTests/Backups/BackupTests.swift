import Testing

@testable import careinit

@Suite struct BackupTests {
    private let folder = TemporaryFolder()
    private var environment: String { "\(folder.path)/.env" }

    @Test(arguments: [
        (".env.backup-20261123T131005Z", "2026-11-23T13:10:05Z", 1),
        (".env.backup-20261123T131005Z-2", "2026-11-23T13:10:05Z", 2),
    ])
    func `the name says when it was put away`(_ name: String, _ time: String, _ number: Int) throws {
        let backup = try #require(Backup(name: name, of: "/a/.env"))
        #expect(
            backup.time == time && backup.number == number && backup.path == "/a/\(name)" && backup.name == name)
    }

    @Test(arguments: [
        ".env", ".env.backup-", ".env.backup-20261123", ".env.backup-20261123T131005Z-1",
        ".env.backup-20261123T131005Z-02", ".env.backup-20261123T131005Z-x", ".env.backup-20261123T131005Z-2-3",
        "care.env.backup-20261123T131005Z", ".env.backup-2026112xT131005Z", ".env.backup-20261123T131005Z.tmp",
        ".env.backup-20261123T131005Z-99999999999999999999",
    ])
    func `any other name is none`(_ name: String) {
        #expect(Backup(name: name, of: "/a/.env") == nil)
    }

    @Test func `the newest comes first, and only those of this file`() throws {
        for name in [
            ".env.backup-20261123T131005Z", ".env.backup-20261124T000000Z", ".env.backup-20261123T131005Z-2",
            ".env.backup-20261123T131005Z-10", "b.env.backup-20261123T131005Z", ".env",
        ] {
            try OutputFile.write([], to: "\(folder.path)/\(name)")
        }
        #expect(
            try Backup.all(of: environment).map { String($0.name.dropFirst(12)) } == [
                "20261124T000000Z", "20261123T131005Z-10", "20261123T131005Z-2", "20261123T131005Z",
            ])
    }

    @Test func `a name that is taken is not given twice`() throws {
        for expected in ["Z", "Z-2", "Z-3"] {
            let path = Backup.freePath(of: environment, now: 1_795_439_405)
            #expect(path == "\(environment).backup-20261123T131005\(expected)")
            try OutputFile.write([], to: path)
        }
        #expect(try Backup.all(of: environment).count == 3)
    }
}
