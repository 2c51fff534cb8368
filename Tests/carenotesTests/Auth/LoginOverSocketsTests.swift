import Secrets
import Testing

@testable import carenotes

extension PostgresTests {
    /// A whole replica, asked over real sockets, with the standard cost of passwords.
    struct LoginOverSocketsTests {
        let service: ScratchService

        init() throws {
            let cluster = try WithPostgres.cluster
            try cluster.query("DROP SCHEMA IF EXISTS carenotes CASCADE")
            service = try ScratchService(database: cluster.settings(hosts: [PostgresCluster.primary]))
            try waitUntil { service.service.state.hasStarted }
        }

        private func ask(_ method: String, _ path: String, _ body: String, token: String? = nil) throws -> String {
            let authorization = token.map { "Authorization: Bearer \($0)\r\n" } ?? ""
            let head =
                "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(authorization)"
                + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
            return try service.exchange([head, body], patience: 30_000, staysOpen: true)
        }

        private func member(_ name: String, of reply: String) -> String {
            Reply(status: .ok, contentType: "", body: Array(reply.utf8)).text(name)
        }

        @Test func `setup, login, refresh, users and logout work as a client does them`() throws {
            let settings = service.settings
            let scope = TokenScope(issuer: settings.origin, now: WallClock.seconds(), lifetime: 60)
            let setup = SetupToken(scope: scope, organisation: PostgresTests.organisation, id: "1")
                .mint(key: settings.signingKey)
            let credentials = #""email":"admin@example.org","password":"\#(CareHome.password)""#
            let made = try ask(
                "POST", "/api/auth/setup",
                #"{"setup_token":"\#(setup)","organisation":"Rosewood House",\#(credentials)}"#)
            #expect(made.hasPrefix("HTTP/1.1 201 Created") && made.contains("Cache-Control: no-store"))
            let login = try ask("POST", "/api/auth/login", "{\(credentials)}")
            #expect(login.hasPrefix("HTTP/1.1 200 OK"))
            let refresh = try ask(
                "POST", "/api/auth/refresh", #"{"refresh_token":"\#(member("refresh_token", of: login))"}"#)
            let access = member("access_token", of: refresh)
            #expect(try ask("GET", "/api/auth/me", "", token: access).contains("admin@example.org"))
            #expect(try ask("GET", "/api/users", "", token: access).contains(#""role":"admin""#))
            let patched = try ask(
                "PATCH", "/api/users", #"{"id":"\#(member("id", of: login))","disabled":true}"#, token: access)
            #expect(patched.hasPrefix("HTTP/1.1 409 Conflict") && patched.contains("last-admin"))
            let out = try ask(
                "POST", "/api/auth/logout", #"{"refresh_token":"\#(member("refresh_token", of: refresh))"}"#)
            #expect(out.hasPrefix("HTTP/1.1 204 No Content") && !out.contains("\r\nContent-Type:"))
            let over = try ask(
                "POST", "/api/auth/refresh", #"{"refresh_token":"\#(member("refresh_token", of: refresh))"}"#)
            #expect(over.hasPrefix("HTTP/1.1 401") && over.contains("session-over"))
        }

        @Test(arguments: [
            ("GET", "/api/auth/login", 405), ("PUT", "/api/users", 405), ("DELETE", "/api/auth/me", 405),
            ("POST", "/api/auth/login/", 404), ("POST", "/api/auth/login", 400), ("GET", "/api/auth/me", 401),
            ("GET", "/api/users", 401), ("POST", "/api/auth/refresh", 400),
        ])
        func `what is no login is refused with a problem`(method: String, path: String, status: Int) throws {
            let reply = try ask(method, path, "[1]")
            #expect(
                reply.hasPrefix("HTTP/1.1 \(status) ") && reply.contains("application/problem+json"), "\(reply)")
        }

        @Test func `more logins at once than are hashed get 503, and the service goes on`() throws {
            let body = #"{"email":"nobody@example.org","password":"\#(CareHome.password)"}"#
            let service = self
            let replies = inParallel(16) { _ in (try? service.ask("POST", "/api/auth/login", body)) ?? "none" }
            for reply in replies {
                #expect(["401", "429", "503"].contains(reply.dropFirst(9).prefix(3)), "\(reply)")
            }
            #expect(try ask("GET", "/api/health/live", "").hasPrefix("HTTP/1.1 200"))
        }
    }
}
