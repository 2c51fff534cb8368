import EnvSchema
import Secrets
import Testing

@testable import careinit

@Suite("What is remembered of a rotation")
struct RotationStoreTests {
    private func store(_ body: (RotationStore) throws -> Void) throws {
        try withTemporaryFolder { folder in
            let project = Project(environmentFile: "\(folder)/.env", stateDirectory: "\(folder)/.careinit")
            try SecretsFolder.make(project)
            try body(RotationStore(project: project))
        }
    }

    private static let values = [
        "JWT_SECRET": RotationStore.Values(old: "old=key", new: "new key"),
        "REDIS_PASSWORD": RotationStore.Values(old: "a", new: "b"),
    ]

    private var journal: RotationJournal {
        var journal = RotationJournal()
        journal.current = RotationRun(
            kind: .rotate,
            items: [
                RotationItem(name: "JWT_SECRET", isAdmitted: true, retirement: .after(seconds: 60)),
                RotationItem(name: "REDIS_PASSWORD", isAdmitted: true, oldLogin: "care", newLogin: "care_b"),
            ], startedAt: 7)
        return journal
    }

    @Test("is read back as it was written, for its owner only, and holds no value")
    func roundTrip() throws {
        try store { store in
            #expect(try store.load().isEmpty)
            try store.remember(Self.values)
            try store.save(journal)
            #expect(try store.load() == journal)
            #expect(store.values(of: "JWT_SECRET") == Self.values["JWT_SECRET"])
            for file in [store.journalFile, store.valuesFile] {
                #expect(FileSystem.status(file)?.st_mode == 0o100600)
            }
            let text = FileSystem.readText(store.journalFile) ?? ""
            #expect(!text.contains("old=key") && !text.contains("new key"))
        }
    }

    @Test(
        "a damaged journal is an error, and never no journal",
        arguments: ["", "{", "{\"version\":2,\"waiting\":[]}"])
    func damaged(_ text: String) throws {
        try store { store in
            try AtomicFile.write(Array(text.utf8), to: store.journalFile)
            #expect { try store.load() } throws: { ($0 as? CommandFailure)?.exitCode == .invalidData }
        }
    }

    @Test("values go once nothing needs them")
    func scrub() throws {
        try store { store in
            try store.remember(Self.values)
            try store.scrub(keeping: ["JWT_SECRET"])
            #expect(store.values(of: "REDIS_PASSWORD") == nil)
            #expect(store.values(of: "JWT_SECRET") != nil)
        }
    }

    @Test("services accept the one that the settings do not name, whichever that is", arguments: [false, true])
    func overlap(_ isSettled: Bool) throws {
        try store { store in
            try store.remember(Self.values)
            try store.save(journal)
            let settings = [
                "JWT_SECRET": isSettled ? "new key" : "old=key", "REDIS_PASSWORD": isSettled ? "b" : "a",
                "REDIS_USERNAME": isSettled ? "care_b" : "care",
            ]
            let overlap = try store.overlap(salt: "5a") { settings[$0] }
            #expect(overlap.signingKeys == [isSettled ? "old=key" : "new key"])
            #expect(
                overlap.cacheLogins == [
                    isSettled ? .init(name: "care", password: "a") : .init(name: "care_b", password: "b")
                ])
            #expect(overlap.replicator == Replicators.first)
        }
    }

    @Test("a password tells which replicator is the one")
    func replicators() throws {
        try store { store in
            let record = ReplicatorRecord(project: store.project, salt: "5a")
            try record.remember(["x": Replicators.second, "y": Replicators.first])
            #expect(record.role(of: "x") == Replicators.second)
            #expect(record.role(of: "y") == Replicators.first)
            #expect(record.role(of: "z") == Replicators.first)
        }
    }
}
