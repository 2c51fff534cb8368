import EnvSchema
import Foundation
import Secrets
import Testing

@testable import carenotes

extension PostgresTests {
    /// `carenotes reencrypt` on a real database, beside the application.
    struct ReencryptionTests {
        let cluster: PostgresCluster
        let database: Database
        let old: SecretBytes
        let new: SecretBytes
        private let other = Identity(
            organisationID: PostgresTests.otherOrganisation, subjectID: PostgresTests.author.subjectID,
            role: .manager)

        init() throws {
            old = SecretBytes(try SecretGenerator.bytes(32))
            new = SecretBytes(try SecretGenerator.bytes(32))
            cluster = try WithPostgres.cluster
            database = cluster.database(hosts: [PostgresCluster.primary], maximum: 8)
            _ = try PostgresTests.freshStore(database)
        }

        private var ring: KeyRing { KeyRing(new, also: [old]) }

        private func session() throws -> ReencryptionSession {
            let options = ConnectionOptions(cluster.settings(hosts: [PostgresCluster.primary]), instance: 0)
            var race = HostRace(
                for: .primary, order: [PostgresCluster.primary], options: options, by: Deadline(in: .seconds(10)))
            return ReencryptionSession(connection: try race.run { _, _ in }, ring: ring)
        }

        private func run(batch: Int = 3, _ report: @escaping (String) -> Void = { _ in }) throws -> Int {
            let work = Reencryption(ring: ring, batch: batch) { report(String(decoding: $0.bytes, as: UTF8.self)) }
            return try work.run(try session())
        }

        /// Something in each column that is sealed, in two organisations.
        private func fill() throws {
            let notes = NoteStore(database: database, encryption: KeyRing(old))
            let residents = ResidentStore(database: database, encryption: KeyRing(old))
            for author in [PostgresTests.author, other] {
                var manager = author
                manager.role = .manager
                for number in 0..<5 {
                    let written = try notes.write("note \(number)", key: "n\(number)", by: manager)
                    _ = try notes.amend(
                        NewAmendment(noteID: written.note.id, body: "other \(number)", reason: "wrong"),
                        by: manager,
                        key: IdempotencyKey(text: "a\(number)", requestHash: [1]))
                }
                var changes = ResidentChanges()
                (changes.givenName, changes.familyName) = ("Ada", "Byron")
                (changes.status, changes.careEndedOn) = (.left, "2001-01-01")
                let made = try residents.create(
                    changes, by: manager, key: IdempotencyKey(text: "r", requestHash: [2]), today: "2026-01-01")
                let id = made.member("id") ?? ""
                _ = try residents.decide(
                    NewAppraisal(
                        residentID: id, decision: .retain, reason: "asked for", retainUntil: "2030-01-01"),
                    retentionDays: 30, by: manager, key: IdempotencyKey(text: "d", requestHash: [3]))
                _ = try residents.placeLegalHold(on: id, reason: "a claim", by: manager)
            }
            try addOlderNote()
        }

        private func addOlderNote() throws {
            let (id, author) = ("00000000-0000-4000-8000-0000000000bb", PostgresTests.author)
            let place =
                "carenotes note 1\n\(author.organisationID)\n\(PostgresTests.resident)\n\(author.subjectID)\n\(id)"
            let sealed = try Sealing.seal(Array("from before".utf8), key: old, associatedData: Array(place.utf8))
            try cluster.query(
                """
                INSERT INTO carenotes.notes (id, organisation_id, resident_id, author_id, body, key_id)
                VALUES ('\(id)', '\(author.organisationID)', '\(PostgresTests.resident)', '\(author.subjectID)',
                    '\\x\(Hex.encode(sealed))', '\(KeyID.of(old))')
                """)
        }

        @Test func `each sealed column of the schema is one of ours`() throws {
            let columns = try cluster.query(
                """
                SELECT table_name || '.' || column_name FROM information_schema.columns
                WHERE table_schema = 'carenotes' AND data_type = 'bytea' ORDER BY 1
                """
            ).split(separator: "\n").map(String.init)
            let hashes = [
                "audit_events.entry", "audit_events.hash", "audit_events.previous",
                "idempotency_keys.request_hash", "login_attempts.key", "sessions.current_digest",
                "sessions.previous_digest", "setup_tokens.digest",
            ]
            let known = (SealedColumn.all + [.olderNotes]).map { "\($0.table).\($0.column)" } + hashes
            #expect(Set(columns).subtracting(known) == [])
            #expect(Set(known).subtracting(columns) == [])
        }

        @Test func `everything of every organisation comes under the primary key and stays what it was`() throws {
            try fill()
            let before = try contents(KeyRing(old))
            #expect(before.count == 11)
            var lines: [String] = []
            #expect(try run { lines.append($0) } == 0)
            #expect(lines.first == #"{"remaining":61,"unreadable":0,"table":null,"column":null}"#)
            #expect(lines.last == #"{"remaining":0,"unreadable":0,"table":null,"column":null}"#)
            #expect(try contents(KeyRing(new)) == before)
            let residents = ResidentStore(database: database, encryption: KeyRing(new))
            let left = try residents.list(ResidentFilter(status: .left), for: other)
            #expect(left.rows.map(\.details?.familyName) == ["Byron"])
            #expect(try residents.legalHold(on: left.rows[0].id, for: other).reason == "a claim")
            #expect(
                try cluster.query("SELECT count(*) FROM carenotes.notes WHERE key_id <> '\(KeyID.of(new))'") == "0"
            )
            // The same request again: its answer is found, although it was hashed with the key before.
            let notes = NoteStore(database: database, encryption: ring)
            #expect(try notes.write("note 1", key: "n1", by: other).isReplay)
        }

        private func contents(_ ring: KeyRing) throws -> [String] {
            let notes = NoteStore(database: database, encryption: ring)
            return try [PostgresTests.author, other].flatMap { reader in
                try notes.readAll(for: reader).map { note in
                    let amendments = try notes.find(note.id, for: reader).amendments
                    return
                        "\(note.id) \(note.body ?? "") \(amendments.map { "\($0.body ?? "") \($0.reason ?? "")" })"
                }
            }
        }

        @Test func `a second run is not let in`() throws {
            let first = try session()
            #expect(try first.takeLock())
            #expect(try session().takeLock() == false)
        }

        @Test func `what no key opens is left as it is, and said`() throws {
            let lost = NoteStore(
                database: database, encryption: KeyRing(SecretBytes([UInt8](repeating: 9, count: 32))))
            _ = try lost.write("lost", key: "l")
            try fill()
            var lines: [String] = []
            // The note and the answer that is kept for its request.
            #expect(try run { lines.append($0) } == 2)
            #expect(lines.last == #"{"remaining":2,"unreadable":2,"table":null,"column":null}"#)
        }

        @Test func `a change that comes in between is never lost`() throws {
            let residents = ResidentStore(database: database, encryption: KeyRing(old, also: [new]))
            var changes = ResidentChanges()
            (changes.givenName, changes.familyName) = ("Ada", "0")
            let made = try residents.create(
                changes, by: other, key: IdempotencyKey(text: "r", requestHash: [2]), today: "2026-01-01")
            let id = made.member("id") ?? ""
            let author = other
            let writers = inParallel(2) { thread -> String? in
                var last: String?
                for number in 0..<40 {
                    if thread == 0 {
                        var change = ResidentChanges()
                        change.familyName = "\(number)"
                        last = try? residents.change(id, change, by: author, today: "2026-01-01").details?
                            .familyName
                        if last != "\(number)" { return "failed at \(number)" }
                    } else if (try? self.run()) == nil {
                        return "re-encryption failed"
                    }
                }
                return last
            }
            #expect(writers == ["39", nil])
            #expect(try run() == 0)
            let found = try ResidentStore(database: database, encryption: KeyRing(new)).find(id, for: other)
            #expect(found.details?.familyName == "39")
        }

        @Test func `the application cannot rewrite a note, and the owner only under another key`() throws {
            try fill()
            let refused = [
                "body = 'x'", "content = content", "resident_id = id", "created_at = now()", "tags = '{x}'",
            ]
            for change in refused.dropFirst(1) + refused.prefix(1) {
                for role in ["carenotes_app", "carenotes_owner"]
                where !(role == "carenotes_owner" && change == "content = content") {
                    #expect(throws: ServerFailure.self, "\(role): \(change)") {
                        try cluster.query(
                            """
                            SET role \(role);
                            SELECT set_config('carenotes.organisation', '\(other.organisationID)', false);
                            UPDATE carenotes.notes SET \(change) WHERE content IS NOT NULL
                            """)
                    }
                }
            }
            #expect(throws: ServerFailure.self) {
                try cluster.query(
                    """
                    SET role carenotes_owner; SELECT set_config('carenotes.organisation', '\(other.organisationID)', false);
                    UPDATE carenotes.notes SET content = content || 'x' WHERE content IS NOT NULL
                    """)
            }
        }

        @Test func `the owner sees all organisations only while it re-encrypts, and the application never`() throws
        {
            let count = "SELECT count(*) FROM carenotes.organisations"
            let on = "SET carenotes.reencryption = 'on'"
            #expect(try cluster.query("SET role carenotes_owner; \(count)") == "0")
            #expect(try cluster.query("\(on); SET role carenotes_owner; \(count)") == "2")
            #expect(try cluster.query("\(on); SET role carenotes_app; \(count)") == "0")
            #expect(
                try cluster.query("\(on); SET role carenotes_owner; SELECT count(*) FROM carenotes.notes") == "0")
        }

        @Test func `the program that is killed goes on where it was`() throws {
            let notes = NoteStore(database: database, encryption: KeyRing(old))
            for number in 0..<120 { _ = try notes.write("note \(number)", key: "n\(number)") }
            let files = try ReencryptFiles(cluster, primary: new, also: old)
            var partly = false
            for _ in 0..<20 where !partly {
                let process = try files.start(["--batch", "1"])
                try PostgresTests.waitUntil { files.output.split(separator: "\n").count > 4 || !process.isRunning }
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                let left = try cluster.query(
                    "SELECT count(*) FROM carenotes.notes WHERE key_id = '\(KeyID.of(old))'")
                partly = left != "0" && left != "120"
            }
            #expect(partly)
            let process = try files.start(["--batch", "50"])
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\(files.output)")
            #expect(files.output.hasSuffix("{\"remaining\":0,\"unreadable\":0,\"table\":null,\"column\":null}\n"))
            let counting = try files.start(["--count"])
            counting.waitUntilExit()
            #expect(
                files.output.contains(
                    #""column":"content","key_id":"\#(KeyID.of(new))","rows":120,"primary":true"#))
            #expect(!files.output.contains(KeyID.of(old)))
            #expect(try NoteStore(database: database, encryption: KeyRing(new)).readAll().count == 120)
        }
    }
}

/// The files of `carenotes reencrypt`, and its runs.
private final class ReencryptFiles {
    private let folder = NSTemporaryDirectory() + "carenotes-reencrypt-" + UUID().uuidString

    init(_ cluster: PostgresCluster, primary: SecretBytes, also: SecretBytes) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let database = cluster.settings(hosts: [PostgresCluster.primary])
        var settings = EnvDocument(parsing: [])
        let values = [
            "APP_URL": "https://localhost:8443", "DB_HOST": PostgresCluster.primary,
            "DB_REPLICA_1_HOST": PostgresCluster.standby, "DB_REPLICA_2_HOST": "127.0.0.3",
            "DB_PORT": "\(cluster.port)", "DB_NAME": database.name, "DB_USERNAME": database.user,
            "DB_PASSWORD": database.password.withBytes { String(decoding: $0, as: UTF8.self) },
            "REDIS_PASSWORD": try SecretGenerator.urlSafe(length: 43),
            "JWT_SECRET": try SecretGenerator.urlSafe(length: 43),
            "JWT_REFRESH_SECRET": try SecretGenerator.urlSafe(length: 43), "ENCRYPTION_KEY": Self.hex(primary),
        ]
        for (name, value) in values { settings.set(name, to: value) }
        try AtomicFile.write(settings.bytes, to: "\(folder)/carenotes.env")
        try AtomicFile.write(Array("ENCRYPTION_KEY_ALSO=\(Self.hex(also))\n".utf8), to: "\(folder)/keys.env")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private static func hex(_ key: SecretBytes) -> String { key.withBytes { Hex.encode(Array($0)) } }

    /// Of the last run.
    var output: String { (try? String(contentsOfFile: "\(folder)/out", encoding: .utf8)) ?? "" }

    func start(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CarenotesProcess.program)
        process.arguments =
            ["reencrypt", "--env-file", "\(folder)/carenotes.env", "--keys-file", "\(folder)/keys.env"] + arguments
        _ = FileManager.default.createFile(atPath: "\(folder)/out", contents: nil)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(folder)/out"))
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = file
        process.standardError = file
        try process.run()
        return process
    }
}
