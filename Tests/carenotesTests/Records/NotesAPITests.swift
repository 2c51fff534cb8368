import Secrets
import Testing

@testable import carenotes

extension PostgresTests {
    @Suite("Notes over real sockets") struct NotesAPITests {
        let api: RecordsAPI
        let resident: String
        private let carer = RecordsAPI.Caller(role: .carer)

        init() throws {
            api = try RecordsAPI()
            resident = try api.resident()
        }

        @Test func `the same request twice is one note and one answer, another body under its key is refused`()
            throws
        {
            let body = #"{"resident_id":"\#(resident)","body":"Slept \u00e9\n"}"#
            let first = try api.send("POST", "/api/notes", body, as: carer, key: "k")
            let spaced = body.replacing(",", with: " , ")
            let again = try api.send("POST", "/api/notes", spaced, as: carer, key: "k")
            #expect(first.status == 201 && first.text("body") == "Slept é\n", "\(first)")
            #expect(again.status == 201 && again.body == first.body, "\(again)")
            #expect(first.header("Idempotent-Replayed") == nil && again.header("Idempotent-Replayed") == "true")
            let other = try api.send(
                "POST", "/api/notes", #"{"resident_id":"\#(resident)","body":"Other"}"#, as: carer, key: "k")
            #expect(other.status == 422 && other.code == "idempotency-key-reused")
            let tagged = body.dropLast() + #","tags":["sleep"]}"#
            #expect(try api.send("POST", "/api/notes", String(tagged), as: carer, key: "k").status == 422)
            #expect(try api.cluster.query("SELECT count(*) FROM carenotes.notes") == "1")
        }

        @Test func `filters by resident, author, tag and time are applied together, page by page`() throws {
            let other = try api.resident()
            let second = RecordsAPI.Caller(subject: "00000000-0000-4000-8000-000000000003", role: .carer)
            var ids: [String] = []
            for number in 0..<5 {
                let tags = number % 2 == 0 ? #"["sleep","night"]"# : #"["meal"]"#
                ids.append(
                    try api.note("n\(number)", about: resident, as: number < 3 ? carer : second, tags: tags).text(
                        "id"))
            }
            let apart = try api.note("apart", about: other).text("id")
            let moments = try ids.map { id in try api.send("GET", "/api/notes/\(id)").text("created_at") }
            let cases: [(String, [String])] = [
                ("", ids + [apart]), ("resident_id=\(resident)", ids), ("resident_id=\(other)", [apart]),
                ("author_id=\(second.subject)", [ids[3], ids[4]]),
                ("tag=sleep", [ids[0], ids[2], ids[4]]), ("tag=none", []),
                ("from=\(moments[1])&to=\(moments[3])", [ids[1], ids[2]]),
                ("from=\(moments[1].replacing("Z", with: "%2B00:00"))&resident_id=\(resident)", Array(ids[1...])),
                ("to=2020-01-01", []),
                (
                    "resident_id=\(resident)&author_id=\(second.subject)&tag=meal&from=2020-01-01&to=2199-01-01",
                    [ids[3]]
                ),
            ]
            for (query, expected) in cases {
                var found: [String] = []
                var cursor = ""
                repeat {
                    let page = try api.send("GET", "/api/notes?limit=2&\(query)\(cursor)", as: carer)
                    #expect(page.status == 200, "\(query): \(page)")
                    found += page.rows("notes").map { "\($0["id"] ?? "")" }
                    cursor = (page.members["next"] as? String).map { "&cursor=\($0)" } ?? ""
                } while !cursor.isEmpty
                #expect(found == expected, "\(query)")
            }
        }

        @Test func `an amendment stands beside its note, which stays as it was`() throws {
            let note = try api.note("Ate well", about: resident, as: carer)
            let path = "/api/notes/\(note.text("id"))"
            let amendment = #"{"body":"Ate half","reason":"Mixed up with room 4"}"#
            let added = try api.send("POST", "\(path)/amendments", amendment, as: carer, key: "k")
            #expect(added.status == 201 && added.text("reason") == "Mixed up with room 4", "\(added)")
            #expect(try api.send("POST", "\(path)/amendments", amendment, as: carer, key: "k").body == added.body)
            let colleague = RecordsAPI.Caller(subject: "00000000-0000-4000-8000-000000000003", role: .carer)
            let refused = try api.send("POST", "\(path)/amendments", amendment, as: colleague)
            #expect(refused.status == 403 && refused.code == "not-allowed")
            #expect(try api.send("POST", "\(path)/amendments", amendment).status == 201, "a manager may")
            let shown = try api.send("GET", path, as: carer)
            #expect(shown.text("body") == "Ate well" && shown.members["amended"] as? Bool == true)
            #expect(shown.rows("amendments").map { "\($0["body"] ?? "")" } == ["Ate half", "Ate half"])
            let list = try api.send("GET", "/api/notes?resident_id=\(resident)", as: carer)
            #expect(list.rows("notes").map { $0["amended"] as? Bool } == [true])
            #expect(
                try api.cluster.query(
                    "SELECT count(*) FROM carenotes.note_amendments WHERE position('half'::bytea in body) > 0")
                    == "0")
        }

        @Test func `a read has an entity tag, and is not sent twice to who has it`() throws {
            let id = try api.note("Ate well", about: resident).text("id")
            let first = try api.send("GET", "/api/notes/\(id)")
            let tag = try #require(first.header("ETag"))
            let second = try api.send("GET", "/api/notes/\(id)", headers: ["If-None-Match: \"x\", \(tag)"])
            #expect(second.status == 304 && second.body.isEmpty && second.header("ETag") == tag, "\(second)")
            _ = try api.send("POST", "/api/notes/\(id)/amendments", #"{"body":"b","reason":"r"}"#)
            let third = try api.send("GET", "/api/notes/\(id)", headers: ["If-None-Match: \(tag)"])
            #expect(third.status == 200 && third.header("ETag") != tag)
        }

        @Test func `notes that the first release wrote are read, and its idempotency keys still hold`() throws {
            try api.cluster.query("DROP SCHEMA carenotes CASCADE")
            let database = api.cluster.database(hosts: [PostgresCluster.primary])
            try database.writes.perform { connection, deadline throws(PostgresError) in
                try Migrator.run([.notes], on: connection, by: deadline)
            }
            let id = "00000000-0000-4000-8000-0000000000cc"
            let place = "carenotes note 1\n\(organisation)\n\(PostgresTests.resident)\n\(author.subjectID)\n\(id)"
            let sealed = try Sealing.seal(
                Array("From before".utf8), key: key, associatedData: Array(place.utf8))
            let keyID = KeyID.of(key)
            let note = NewNote(residentID: PostgresTests.resident, body: "From before")
            let hash = RequestHash(encryptionKey: key)
            try api.cluster.query(
                """
                INSERT INTO carenotes.notes (id, organisation_id, resident_id, author_id, body, key_id)
                VALUES ('\(id)', '\(organisation)', '\(PostgresTests.resident)', '\(author.subjectID)',
                    '\\x\(Hex.encode(sealed))', '\(keyID)');
                INSERT INTO carenotes.idempotency_keys (organisation_id, author_id, key, request_hash, note_id)
                VALUES ('\(organisation)', '\(author.subjectID)', 'old',
                    '\\x\(Hex.encode(NoteInput.hash(note, with: hash).primary))', '\(id)')
                """)
            try database.migrate()
            let store = NoteStore(database: database, encryptionKey: key)
            #expect(try store.readAll().map(\.body) == ["From before"])
            let requestKey = IdempotencyKey(text: "old", NoteInput.hash(note, with: hash))
            let again = try store.create(note, by: author, key: requestKey)
            #expect(again.member("id") == id && again.member("body") == "From before")
            let residents = ResidentStore(database: database, encryptionKey: key)
            let known = try residents.find(PostgresTests.resident, for: author)
            #expect(known.details == nil && known.status == .current)
            #expect(try !store.write("And after", key: "new").isReplay)
            #expect(try store.readAll().map(\.body) == ["From before", "And after"])
        }
    }
}
