import Secrets
import Testing

@testable import carenotes

extension PostgresTests {
    @Suite("What is done about accounts is written down") struct AccountAuditTests {
        let home: CareHome

        init() throws { home = try CareHome() }

        /// Action, outcome, properties, whether the actor is known.
        private func events() throws -> [String] {
            try home.cluster.query(
                """
                SELECT concat_ws(' ', e ->> 'action', e ->> 'outcome', e ->> 'changed', e ->> 'actor_role')
                FROM (SELECT occurred_at, id, convert_from(entry, 'UTF8')::jsonb AS e FROM carenotes.audit_events) AS events
                ORDER BY occurred_at, id
                """
            ).split(separator: "\n").map(String.init)
        }

        @Test func `setup, logins that succeed and fail, new passwords and logouts`() throws {
            _ = try home.setUp(try home.setupToken())
            #expect(
                try events() == ["POST /api/auth/setup ok user,role,password", "POST /api/auth/setup ok admin"])
            _ = try home.logIn(password: "not this one at all")
            let login = try home.logIn()
            let changed = try home.changePassword(login.accessToken, to: "a new one that is long enough")
            _ = try home.logOut(changed.refreshToken)
            // Nothing ends any more.
            _ = try home.logOut(changed.refreshToken)
            #expect(
                try events().dropFirst(2) == [
                    "POST /api/auth/login wrong-credentials", "POST /api/auth/login ok admin",
                    "POST /api/auth/password ok password admin", "POST /api/auth/logout ok",
                ])
        }

        @Test func `a login with an unknown address is nobody's, and the address does not stand there`() throws {
            _ = try home.setUp(try home.setupToken())
            for _ in 0..<2 { _ = try home.logIn(email: "unknown@rosewood.example") }
            let rows = try home.cluster.query(
                "SELECT organisation_id, record_id, convert_from(entry, 'UTF8')::jsonb ->> 'account' FROM carenotes.audit_events WHERE entry::text <> '' AND organisation_id = '\(AuditEvent.nobody)'"
            ).split(separator: "\n")
            #expect(rows.count == 2 && Set(rows).count == 1, "\(rows)")
            #expect(
                !(try home.cluster.query(
                    "SELECT string_agg(convert_from(entry, 'UTF8'), '') FROM carenotes.audit_events")).contains(
                        "@"))
        }

        @Test func `users that are made, changed and listed`() throws {
            let admin = try home.setUp(try home.setupToken()).accessToken
            let before = try events().count
            let user = try home.addUser(admin, email: "carer@rosewood.example").text("id")
            _ = try home.addUser(admin, email: "carer@rosewood.example")
            _ = try home.change(admin, #"{"id":"\#(user)","role":"manager","unlock":true}"#)
            _ = try home.users(admin)
            #expect(
                try events().dropFirst(before) == [
                    "POST /api/users ok user,role,password admin",
                    "POST /api/users replayed user,role,password admin",
                    "PATCH /api/users ok role,lock admin",
                ])
            let reads = try home.spool.entries
            #expect(
                reads.count == 1 && reads[0].contains(#""action":"GET /api/users""#)
                    && reads[0].contains(#""count":2"#))
            let carer = try home.logIn(email: "carer@rosewood.example").accessToken
            #expect(try home.users(carer).status == .forbidden)
            #expect(try home.spool.entries.last?.contains(#""outcome":"not-allowed""#) == true)
        }

        @Test func `a refresh token that is used again`() throws {
            let first = try home.setUp(try home.setupToken()).refreshToken
            let second = try home.refresh(first).refreshToken
            _ = try home.refresh(second)
            #expect(try home.refresh(first).status == .unauthorized)
            #expect(try events().last == "POST /api/auth/refresh token-reused")
        }
    }
}
