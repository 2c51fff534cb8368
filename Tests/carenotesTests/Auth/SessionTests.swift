import Secrets
import Testing

@testable import carenotes

extension PostgresTests {
    /// What a login begins, over real statements.
    struct SessionTests {
        let home: CareHome
        let login: Reply

        init() throws {
            home = try CareHome()
            _ = try home.setUp(try home.setupToken())
            login = try home.logIn()
        }

        @Test func `a refresh gives two new tokens, which work`() throws {
            let next = try home.refresh(login.refreshToken)
            #expect(next.status == .ok && next.refreshToken != login.refreshToken)
            #expect(try home.me(next.accessToken).text("email") == CareHome.adminEmail)
            #expect(try home.refresh(next.refreshToken).status == .ok)
        }

        @Test func `the same refresh again within seconds gives the same token, and ends nothing`() throws {
            let first = try home.refresh(login.refreshToken)
            let second = try home.refresh(login.refreshToken)
            #expect(second.status == .ok && second.refreshToken == first.refreshToken)
            #expect(try home.refresh(first.refreshToken).status == .ok)
        }

        @Test func `the same refresh at three replicas at once gives one successor`() throws {
            let replicas = try (0..<3).map { _ in try CareHome(sharing: home) }
            let token = login.refreshToken
            let tokens = inParallel(12) { index in
                (try? replicas[index % 3].refresh(token).refreshToken) ?? "failed"
            }
            #expect(Set(tokens).count == 1 && tokens[0] != "failed")
            #expect(try home.refresh(tokens[0]).status == .ok)
        }

        @Test func `a refresh whose commit is cancelled half-way gives the token that counts`() throws {
            let standby = try #require(home.cluster.server(PostgresCluster.standby))
            standby.freeze()
            defer { standby.thaw() }
            let waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' LIMIT 1"
            let (home, token) = (home, login.refreshToken)
            let replies = inParallel(2) { index -> Reply? in
                if index == 0 { return try? home.refresh(token) }
                try? waitUntil { try home.cluster.query(waiting) != "" }
                _ = try? home.cluster.query("SELECT pg_cancel_backend((\(waiting)))")
                try? waitUntil { home.database.statistics.retries > 0 }
                standby.thaw()
                return nil
            }
            let reply = try #require(replies.compactMap(\.self).first)
            #expect(reply.status == .ok && home.database.statistics.retries > 0)
            #expect(try home.refresh(reply.refreshToken).status == .ok)
        }

        @Test func `a token that comes back later ends its session, also for whoever has the newest`() throws {
            let next = try home.refresh(login.refreshToken)
            try home.cluster.query("UPDATE carenotes.sessions SET rotated_at = rotated_at - interval '31 s'")
            let stolen = try home.refresh(login.refreshToken)
            #expect(stolen.status == .unauthorized && stolen.code == "session-over")
            #expect(try home.refresh(next.refreshToken).code == "session-over")
            let reason = "SELECT ended_because FROM carenotes.sessions WHERE ended_at IS NOT NULL"
            #expect(try home.cluster.query(reason) == "reuse")
        }

        @Test func `a token from two refreshes ago ends its session at once`() throws {
            let next = try home.refresh(login.refreshToken)
            let third = try home.refresh(next.refreshToken)
            #expect(try home.refresh(login.refreshToken).code == "session-over")
            #expect(try home.refresh(third.refreshToken).code == "session-over")
        }

        @Test func `ending one session leaves the user's others alone`() throws {
            let other = try home.logIn()
            #expect(try home.logOut(login.refreshToken).status == .noContent)
            #expect(try home.logOut(login.refreshToken).status == .noContent)
            #expect(try home.refresh(login.refreshToken).code == "session-over")
            #expect(try home.refresh(other.refreshToken).status == .ok)
        }

        @Test func `logging out everywhere ends them all`() throws {
            let other = try home.logIn()
            #expect(try home.logOut(login.refreshToken, everywhere: true).status == .noContent)
            #expect(try home.refresh(other.refreshToken).code == "session-over")
        }

        @Test func `an access token refreshes nothing, and a refresh token reads nothing`() throws {
            #expect(try home.refresh(login.accessToken).code == "invalid-token")
            #expect(try home.me(login.refreshToken).code == "invalid-token")
            #expect(try home.logOut(login.accessToken).code == "invalid-token")
        }

        @Test func `a session ends at its time, however often it was refreshed`() throws {
            try home.cluster.query("UPDATE carenotes.sessions SET expires_at = now()")
            #expect(try home.refresh(login.refreshToken).code == "session-over")
        }

        @Test func `the last refresh tokens of a session do not outlive it`() throws {
            try home.cluster.query("UPDATE carenotes.sessions SET expires_at = now() + interval '100 s'")
            let seconds = try home.refresh(login.refreshToken).number("refresh_expires_in")
            #expect((90...100).contains(seconds))
        }

        @Test func `a new password ends all other sessions, and the old password`() throws {
            let new = "the lamp by the blue door"
            let changed = try home.changePassword(login.accessToken, to: new)
            #expect(changed.status == .ok)
            #expect(try home.refresh(login.refreshToken).code == "session-over")
            #expect(try home.refresh(changed.refreshToken).status == .ok)
            #expect(try home.logIn().code == "wrong-credentials")
            #expect(try home.logIn(password: new).status == .ok)
            // The proxy may send it again.
            #expect(try home.changePassword(login.accessToken, to: new).status == .ok)
        }

        @Test func `a password is changed by who knows the present one, to a better one`() throws {
            let wrong = try home.changePassword(
                login.accessToken, from: "not the password", to: "a new good sentence")
            #expect(wrong.status == .unauthorized && wrong.code == "wrong-credentials")
            #expect(try home.changePassword(login.accessToken, to: "short").code == "weak-password")
            #expect(try home.changePassword(login.accessToken, to: CareHome.password).code == "weak-password")
            #expect(try home.logIn().status == .ok)
        }

        @Test func `guesses at the present password are counted`() throws {
            for _ in 1...3 {
                _ = try home.changePassword(login.accessToken, from: "not the password", to: "a new good sentence")
            }
            let fourth = try home.changePassword(
                login.accessToken, from: "not it either", to: "a new good sentence")
            #expect(fourth.code == "too-many-attempts")
        }
    }
}
