import Testing

@testable import carenotes

extension PostgresTests {
    @Suite("Nobody sees or changes what is another organisation's") struct OrganisationTests {
        let api: RecordsAPI
        private let mine = RecordsAPI.Caller(role: .admin)
        private let theirs = RecordsAPI.Caller(organisation: PostgresTests.otherOrganisation, role: .admin)
        private let ended = #"{"given_name":"A","family_name":"B","status":"left","care_ended_on":"2001-05-01"}"#

        /// The tables that a resident's record fills.
        private static let records = [
            "organisations", "residents", "notes", "note_amendments", "legal_holds", "appraisal_decisions",
            "idempotency_keys",
        ]

        init() throws { api = try RecordsAPI() }

        /// A resident of mine with one row in every table.
        private func fill() throws -> (resident: String, note: String) {
            let resident = try api.resident(ended, as: mine)
            let note = try api.note("Mine", about: resident, as: mine, tags: #"["sleep"]"#).text("id")
            _ = try api.send("POST", "/api/notes/\(note)/amendments", #"{"body":"b","reason":"r"}"#, as: mine)
            let retain = #"{"decision":"retain","reason":"r","retain_until":"2090-01-01"}"#
            _ = try api.send("POST", "/api/residents/\(resident)/appraisals", retain, as: mine)
            _ = try api.send("PUT", "/api/residents/\(resident)/legal-hold", #"{"reason":"r"}"#, as: mine)
            let counts = try api.rowCounts()
            #expect(Self.records.allSatisfy { counts[$0] ?? "0" != "0" }, "\(counts)")
            return (resident, note)
        }

        @Test func `by id: there is no such record, and it stays as it was`() throws {
            let (resident, note) = try fill()
            let before = try api.send("GET", "/api/residents/\(resident)", as: mine).body
            let requests: [(String, String, String?)] = [
                ("GET", "/api/residents/\(resident)", nil), ("GET", "/api/notes/\(note)", nil),
                ("PATCH", "/api/residents/\(resident)", #"{"room":"9"}"#),
                ("GET", "/api/residents/\(resident)/legal-hold", nil),
                ("PUT", "/api/residents/\(resident)/legal-hold", #"{"reason":"r"}"#),
                ("DELETE", "/api/residents/\(resident)/legal-hold", nil),
                ("POST", "/api/residents/\(resident)/appraisals", #"{"decision":"destroy","reason":"r"}"#),
                ("POST", "/api/notes/\(note)/amendments", #"{"body":"b","reason":"r"}"#),
            ]
            for (method, path, body) in requests {
                let reply = try api.send(method, path, body, as: theirs)
                let unknown = path.replacing(resident, with: note).replacing(
                    "notes/\(note)", with: "notes/\(resident)")
                let nothing = try api.send(method, unknown, body, as: theirs)
                #expect(reply.status == 404 && reply.code == "no-such-resource", "\(method) \(path): \(reply)")
                #expect(nothing.status == 404 && nothing.code == reply.code, "\(method) \(unknown): \(nothing)")
            }
            #expect(try api.send("GET", "/api/residents/\(resident)", as: mine).body == before)
            let about = try api.note("Theirs", about: resident, as: theirs)
            #expect(about.status == 422 && about.fields == ["resident_id"], "\(about)")
        }

        @Test func `by filter and by cursor: only one's own`() throws {
            let (resident, _) = try fill()
            _ = try api.note("Mine, too", about: resident, as: mine)
            let own = try api.resident(as: theirs)
            let ownNote = try api.note("Theirs", about: own, as: theirs).text("id")
            let page = try api.send("GET", "/api/notes?limit=1", as: mine)
            let cursor = page.text("next")
            #expect(page.rows("notes").count == 1 && cursor != "<null>")
            let queries = [
                "resident_id=\(resident)", "author_id=\(mine.subject)", "tag=sleep", "from=2020-01-01",
                "cursor=\(cursor)", "resident_id=\(resident)&cursor=\(cursor)", "",
            ]
            for query in queries {
                let reply = try api.send("GET", "/api/notes?\(query)", as: theirs)
                let ids = reply.rows("notes").map { "\($0["id"] ?? "")" }
                #expect(reply.status == 200 && Set(ids).isSubset(of: [ownNote]), "\(query): \(reply)")
            }
            let residents = try api.send("GET", "/api/residents", as: theirs).rows("residents")
            #expect(residents.map { "\($0["id"] ?? "")" } == [own])
            #expect(try api.send("GET", "/api/records/due", as: theirs).rows("records").isEmpty)
        }

        @Test func `by idempotency key: each organisation has its own`() throws {
            let body = #"{"given_name":"A","family_name":"B"}"#
            let first = try api.send("POST", "/api/residents", body, as: mine, key: "same")
            let second = try api.send("POST", "/api/residents", body, as: theirs, key: "same")
            #expect(first.status == 201 && second.status == 201 && first.text("id") != second.text("id"))
            #expect(
                second.header("Idempotent-Replayed") == nil
                    && second.text("organisation_id") == theirs.organisation)
        }

        @Test(arguments: ["carenotes_app", "carenotes_owner"])
        func `by SQL: without the setting no table shows a row, with it only one's own`(role: String) throws {
            _ = try fill()
            _ = try api.resident(as: theirs)
            let tables = try api.tables()
            #expect(Set(tables).isSuperset(of: Self.records))
            let open =
                "SELECT relname FROM pg_class WHERE NOT (relrowsecurity AND relforcerowsecurity) AND relname IN "
            #expect(try api.cluster.query("\(open) ('\(tables.joined(separator: "','"))')") == "")
            for table in Self.records {
                let all = try api.cluster.query("SELECT count(*) FROM carenotes.\(table)")
                let count = "SELECT count(*) FROM carenotes.\(table)"
                func seen(_ setting: String) throws -> String {
                    try api.cluster.query("SET ROLE \(role); \(setting) \(count)")
                }
                #expect(try seen("") == "0", "\(table)")
                #expect(try seen("SET carenotes.organisation = '';") == "0", "\(table)")
                let hers = try seen("SET carenotes.organisation = '\(theirs.organisation)';")
                let his = try seen("SET carenotes.organisation = '\(mine.organisation)';")
                #expect(Int(hers).flatMap { a in Int(his).map { a + $0 } } == Int(all) && his != "0", "\(table)")
            }
        }

        @Test(arguments: [
            "INSERT INTO carenotes.organisations (id) VALUES ('\(PostgresTests.otherOrganisation)')",
            "INSERT INTO carenotes.residents (organisation_id, id) VALUES ('\(PostgresTests.otherOrganisation)', gen_random_uuid())",
            "INSERT INTO carenotes.idempotency_keys (organisation_id, author_id, key, request_hash) VALUES ('\(PostgresTests.otherOrganisation)', gen_random_uuid(), 'k', '')",
        ])
        func `by SQL: no row is written for another organisation`(statement: String) throws {
            let failure = #expect(throws: ServerFailure.self) {
                try api.cluster.query(
                    "SET ROLE carenotes_app; SET carenotes.organisation = '\(PostgresTests.organisation)'; \(statement)"
                )
            }
            #expect(failure?.what.contains("row-level security") == true, "\(failure?.what ?? "")")
        }

        @Test(arguments: [
            "UPDATE carenotes.notes SET tags = '{}'", "DELETE FROM carenotes.notes", "TRUNCATE carenotes.notes",
            "UPDATE carenotes.note_amendments SET body = ''", "DELETE FROM carenotes.note_amendments",
            "UPDATE carenotes.appraisal_decisions SET decision = 'retain'",
            "DELETE FROM carenotes.appraisal_decisions", "DELETE FROM carenotes.legal_holds",
            "UPDATE carenotes.legal_holds SET reason = ''", "DELETE FROM carenotes.residents",
            "UPDATE carenotes.residents SET destroyed_at = now()", "DELETE FROM carenotes.organisations",
            "ALTER TABLE carenotes.notes NO FORCE ROW LEVEL SECURITY", "DROP TABLE carenotes.notes",
            "SELECT FROM carenotes.migrations",
        ])
        func `by SQL: what is written stays, and the schema is not the application's`(statement: String) throws {
            let failure = #expect(throws: ServerFailure.self) {
                try api.cluster.query(
                    "SET ROLE carenotes_app; SET carenotes.organisation = '\(PostgresTests.organisation)'; \(statement)"
                )
            }
            let what = failure?.what ?? ""
            #expect(what.contains("permission denied") || what.contains("must be owner"), "\(what)")
        }

        @Test func `by SQL: nothing is destroyed without a decision, nor early, nor under a hold`() throws {
            let (resident, _) = try fill()
            let before = "SET ROLE carenotes_app; SET carenotes.organisation = '\(mine.organisation)';"
            func decide(_ decision: String, _ rest: String) throws -> String {
                try api.cluster.query(
                    """
                    \(before) INSERT INTO carenotes.appraisal_decisions
                        (id, organisation_id, resident_id, decision, reason, retain_until, decided_by)
                    VALUES (gen_random_uuid(), '\(mine.organisation)', '\(resident)', '\(decision)', '', \(rest),
                        gen_random_uuid()) RETURNING id
                    """)
            }
            let destroy = try decide("destroy", "NULL")
            let attempts = [
                ("gen_random_uuid()", "no rows"), ("'\(try decide("retain", "'2090-01-01'"))'", "no rows"),
                ("'\(destroy)'", "legal hold"),
            ]
            for (id, reason) in attempts {
                let failure = #expect(throws: ServerFailure.self) {
                    try api.cluster.query("\(before) SELECT carenotes.destroy_record(\(id))")
                }
                #expect(failure?.what.contains(reason) == true, "\(failure?.what ?? "")")
            }
            let foreign = before.replacing(mine.organisation, with: theirs.organisation)
            #expect(throws: ServerFailure.self) {
                try api.cluster.query("\(foreign) SELECT carenotes.destroy_record('\(destroy)')")
            }
            #expect(
                try api.cluster.query("SELECT count(*) FROM carenotes.notes WHERE destroyed_at IS NULL") == "1")
        }

        @Test func `in a cluster older than the application role, the policies hold for the owner`() throws {
            try api.cluster.query("ALTER ROLE carenotes SET role = 'carenotes_owner'")
            let database = api.cluster.database(hosts: [PostgresCluster.primary])
            let written: Note
            do {
                let store = try freshStore(database)
                written = try store.write("Mine", key: "k").note
                #expect(try store.readAll() == [written])
                #expect(throws: RecordsError.noSuchRecord) {
                    try store.find(
                        written.id,
                        for: Identity(
                            organisationID: otherOrganisation, subjectID: author.subjectID, role: .admin))
                }
                let seen = try database.writes.perform { connection, deadline throws(PostgresError) in
                    try connection.run(
                        "SELECT current_user || ' ' || (SELECT count(*) FROM carenotes.notes)", by: deadline
                    ).requiredText(0, 0)
                }
                #expect(seen == "carenotes_owner 0")
            } catch {
                try api.cluster.query("ALTER ROLE carenotes SET role = 'carenotes_app'")
                throw error
            }
            // The role comes later: it gets its privileges at the next start, and finds everything.
            try api.cluster.query("ALTER ROLE carenotes SET role = 'carenotes_app'")
            let later = api.cluster.database(hosts: [PostgresCluster.primary])
            try later.migrate()
            #expect(try NoteStore(database: later, encryptionKey: key).readAll() == [written])
        }

        @Test func `sessions act as a role that owns nothing and is no superuser`() throws {
            let database = api.cluster.database(hosts: [PostgresCluster.primary])
            let row = try database.writes.perform { connection, deadline throws(PostgresError) in
                let result = try connection.run(
                    """
                    SELECT current_user, rolsuper, rolbypassrls, (SELECT count(*) FROM pg_class WHERE relowner = r.oid),
                        pg_has_role(session_user, 'carenotes_owner', 'USAGE')
                    FROM pg_roles r WHERE rolname = current_user
                    """, by: deadline)
                var texts: [String] = []
                for column in 0..<5 { texts.append(try result.requiredText(0, column)) }
                return texts
            }
            #expect(row == ["carenotes_app", "f", "f", "0", "f"])
        }
    }
}
