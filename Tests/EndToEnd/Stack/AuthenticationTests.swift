import Foundation
import Testing

extension RunningStackTests {
    /// From no user at all to a note, on the running stack, with nothing but what an operator is told.
    @Test func `setup, login, note, refresh, reuse and logout work through nginx and three replicas`() throws {
        let setup = try stack.careinit("setup-token", "--lifetime", "10m")
        try #require(setup.code == 0, "\(setup)")
        #expect(setup.error.contains("/api/auth/setup"))
        let token = setup.output.trimmingCharacters(in: .whitespacesAndNewlines)
        #expect(!setup.error.contains(token))
        let password = "blue kettle by the window"
        let email = "admin-\(UUID().uuidString.lowercased())@example.org"
        let first = try ask(
            "auth/setup",
            ["setup_token": token, "organisation": "Rosewood House", "email": email, "password": password])
        #expect(first.status == 201, "\(first)")
        #expect(try ask("auth/login", ["email": email, "password": "wrong but long"]).status == 401)
        let login = try ask("auth/login", ["email": email, "password": password])
        #expect(login.status == 200, "\(login)")
        let access = try #require(login.body["access_token"] as? String)
        let refresh = try #require(login.body["refresh_token"] as? String)
        let resident = try stack.resident(token: access)
        #expect(try stack.post("Slept well.", resident: resident, key: "auth-1", token: access).status == 201)

        let next = try ask("auth/refresh", ["refresh_token": refresh])
        let again = try ask("auth/refresh", ["refresh_token": refresh])
        #expect(next.status == 200 && again.status == 200)
        let second = try #require(next.body["refresh_token"] as? String)
        #expect(again.body["refresh_token"] as? String == second)
        #expect(try ask("auth/refresh", ["refresh_token": second]).status == 200)
        // Two refreshes old: whoever sends it has a copy.
        let reuse = try ask("auth/refresh", ["refresh_token": refresh])
        #expect(reuse.status == 401 && reuse.body["code"] as? String == "session-over")
        #expect(try ask("auth/refresh", ["refresh_token": second]).status == 401)

        let other = try ask("auth/login", ["email": email, "password": password])
        let last = try #require(other.body["refresh_token"] as? String)
        #expect(try ask("auth/logout", ["refresh_token": last]).status == 204)
        #expect(try ask("auth/refresh", ["refresh_token": last]).status == 401)

        for secret in [password, token, access, refresh, second, last] {
            for path in Files.all(below: "\(stack.state)/logs") where Files.text(path).contains(secret) {
                Issue.record("a password or token stands in \(path)")
            }
        }
    }

    /// The body travels by standard input: a command line is for everybody to see.
    private func ask(_ path: String, _ members: [String: String]) throws -> (status: Int, body: [String: Any]) {
        let body = String(decoding: try JSONSerialization.data(withJSONObject: members), as: UTF8.self)
        let outcome = try run(
            [
                "curl", "--silent", "--show-error", "--max-time", "30", "--cacert",
                stack.folder["certs/fullchain.pem"], "--write-out", "\n%{http_code}", "--json", "@-",
                "\(stack.origin)/api/\(path)",
            ], in: stack.folder.path, input: body)
        var lines = outcome.output.split(separator: "\n")
        let status = Int(lines.popLast() ?? "") ?? 0
        return (status, lines.isEmpty ? [:] : try JSON.object(lines.joined(separator: "\n")))
    }
}
