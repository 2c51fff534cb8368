import Testing

@testable import carenotes

extension PostgresTests {
    /// What the policies let each scope see, with statements that name no organisation.
    struct AccountDatabaseTests {
        let home: CareHome
        let database: AccountDatabase

        init() throws {
            home = try CareHome()
            database = AccountDatabase(database: home.database)
            _ = try home.setUp(try home.setupToken())
            let token = try home.setupToken(organisation: CareHome.otherOrganisation)
            _ = try home.setUp(token, email: "other@example.org", organisation: "Elm Lodge")
        }

        private func count(_ sql: String, in scope: AccountDatabase.Scope) throws -> String {
            try database.transaction(in: scope) { connection, deadline throws(PostgresError) -> String in
                try connection.run(sql, by: deadline).requiredText(0, 0)
            }
        }

        @Test(arguments: ["users", "sessions", "setup_tokens"])
        func `an organisation sees its own rows, and nobody sees all`(table: String) throws {
            let sql = "SELECT count(*) FROM carenotes.\(table)"
            #expect(try home.cluster.query(sql) == "2")
            #expect(try count(sql, in: .organisation(CareHome.organisation)) == "1")
            #expect(try count(sql, in: .organisation("00000000-0000-4000-8000-00000000ffff")) == "0")
            #expect(try count(sql, in: .login("nobody@example.org")) == "0")
        }

        @Test func `a login sees the one user, and changes nothing`() throws {
            let scope = AccountDatabase.Scope.login("other@example.org")
            #expect(
                try count("SELECT string_agg(email, ',') FROM carenotes.users", in: scope) == "other@example.org")
            let changed =
                "WITH changed AS (UPDATE carenotes.users SET role = 'carer' RETURNING 1) SELECT count(*) FROM changed"
            #expect(try count(changed, in: scope) == "0")
        }

        @Test func `an organisation cannot write another's rows`() throws {
            let sql = """
                INSERT INTO carenotes.users (id, organisation_id, email, role, password_hash)
                VALUES (gen_random_uuid(), '\(CareHome.otherOrganisation)', 'x@example.org', 'admin', 'x')
                RETURNING email
                """
            #expect(throws: AccountError.self) { try count(sql, in: .organisation(CareHome.organisation)) }
            #expect(try home.cluster.query("SELECT count(*) FROM carenotes.users") == "2")
            let stolen = "WITH gone AS (DELETE FROM carenotes.sessions RETURNING 1) SELECT count(*) FROM gone"
            #expect(try count(stolen, in: .organisation(CareHome.organisation)) == "1")
            #expect(try home.cluster.query("SELECT count(*) FROM carenotes.sessions") == "1")
        }
    }
}
