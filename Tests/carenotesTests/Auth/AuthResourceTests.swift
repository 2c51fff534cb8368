import Secrets
import Testing

@testable import carenotes

extension PostgresTests {
    /// Users, sessions and passwords over real statements, as the routes answer.
    struct AuthResourceTests {
        let home: CareHome

        init() throws { home = try CareHome() }

        @Test func `a setup token makes one administrator, who can log in`() throws {
            let token = try home.setupToken()
            let reply = try home.setUp(token)
            #expect(reply.status == .created && reply.text("role") == "admin")
            #expect(reply.text("email") == CareHome.adminEmail)
            #expect(try home.logIn().status == .ok)
            #expect(try home.me(reply.accessToken).text("id") == reply.text("id"))
            let again = try home.setUp(token, email: "second@example.org")
            #expect(again.status == .unauthorized && again.code == "setup-token-used")
            #expect(try home.cluster.query("SELECT count(*) FROM carenotes.users") == "1")
        }

        @Test func `the proxy may send the setup twice, but not somebody else a minute later`() throws {
            let token = try home.setupToken()
            let (first, second) = (try home.setUp(token), try home.setUp(token))
            #expect(second.status == .created && second.text("id") == first.text("id"))
            let guess = try home.setUp(token, password: "another good sentence")
            #expect(guess.status == .unauthorized && guess.code == "setup-token-used")
            try home.cluster.query("UPDATE carenotes.setup_tokens SET used_at = now() - interval '61 s'")
            #expect(try home.setUp(token).code == "setup-token-used")
        }

        @Test func `a setup token stays good where its address is another user's`() throws {
            _ = try home.setUp(try home.setupToken())
            let token = try home.setupToken(organisation: CareHome.otherOrganisation)
            #expect(try home.setUp(token).code == "email-taken")
            let other = try home.setUp(token, email: "other@example.org", organisation: "Elm Lodge")
            #expect(other.status == .created && other.text("organisation_id") == CareHome.otherOrganisation)
            let names = try home.cluster.query(
                "SELECT string_agg(name, ',' ORDER BY name) FROM carenotes.organisations")
            #expect(names == "Elm Lodge,Rosewood House")
        }

        @Test func `eight requests with one setup token make one administrator`() throws {
            let token = try home.setupToken()
            let home = home
            let replies = inParallel(8) { index in
                try? home.setUp(token, email: "admin\(index)@example.org").status
            }
            #expect(replies.filter { $0 == .created }.count == 1)
            #expect(try home.cluster.query("SELECT count(*) FROM carenotes.users") == "1")
        }

        @Test func `a setup token that was forged, is old, or is no setup token makes nobody`() throws {
            let access = try home.setUp(try home.setupToken()).accessToken
            let forged = try home.setupToken(key: SecretBytes(String(repeating: "x", count: 43)))
            for token in [forged, try home.setupToken(lifetime: -31), access, "x"] {
                let reply = try home.setUp(token, email: "thief@example.org")
                #expect(reply.status == .unauthorized && reply.code == "invalid-token")
            }
            #expect(try home.cluster.query("SELECT count(*) FROM carenotes.users") == "1")
        }

        @Test func `a weak password is refused, and the setup token stays good`() throws {
            let token = try home.setupToken()
            for password in ["short", "Rosewood House", "passwordpassword"] {
                let reply = try home.setUp(token, password: password)
                #expect(reply.status == .unprocessableContent && reply.code == "weak-password")
                #expect(!reply.text.contains(password))
            }
            #expect(try home.setUp(token).status == .created)
        }

        @Test func `no password and no token lies in the database`() throws {
            let reply = try home.setUp(try home.setupToken())
            let dump = try home.cluster.dump("users", "sessions", "login_attempts", "setup_tokens")
            #expect(dump.contains("$scrypt$ln=10,r=8,p=1$"))
            let signatures = [reply.accessToken, reply.refreshToken].map { $0.split(separator: ".")[2] }
            for secret in [CareHome.password[...], reply.refreshID[...]] + signatures {
                #expect(!dump.contains(secret))
            }
        }

        @Test
        func `a wrong password, an unknown address and a disabled user get the same answer after the same work`()
            throws
        {
            let admin = try home.setUp(try home.setupToken())
            let carer = try home.addUser(admin.accessToken, email: "carer@example.org")
            #expect(try home.disable(admin.accessToken, carer.text("id")).status == .ok)
            let runs = home.accounts.gate.runs
            let replies = [
                try home.logIn(password: "wrong but long"), try home.logIn(email: "nobody@example.org"),
                try home.logIn(email: "carer@example.org"),
            ]
            #expect(home.accounts.gate.runs - runs == 3)
            #expect(home.accounts.counters.count(.wrongCredentials) == 3)
            for reply in replies {
                #expect(reply.status == .unauthorized && reply.code == "wrong-credentials")
                #expect(reply.body == replies[0].body && reply.headers == replies[0].headers)
            }
        }

        @Test func `the address is the same in capitals`() throws {
            _ = try home.setUp(try home.setupToken())
            #expect(try home.logIn(email: CareHome.adminEmail.uppercased()).status == .ok)
        }

        @Test(arguments: [CareHome.adminEmail, "nobody@example.org"])
        func `failures lock an address, known or not, and an hour forgets them`(email: String) throws {
            _ = try home.setUp(try home.setupToken())
            for _ in 1...10 {
                #expect(try home.logIn(email: email, password: "wrong but long").code == "wrong-credentials")
                try home.cluster.query(
                    "UPDATE carenotes.login_attempts SET blocked_until = blocked_until - interval '65 s'")
            }
            let locked = try home.logIn(email: email)
            #expect(locked.status == .tooManyRequests && locked.code == "too-many-attempts")
            #expect(try (800...900).contains(#require(Int(locked.header("Retry-After") ?? ""))))
            try home.cluster.query(
                "UPDATE carenotes.login_attempts SET blocked_until = now(), counted_at = now() - interval '2 hours'"
            )
            #expect(try home.logIn(email: email).status == (email == CareHome.adminEmail ? .ok : .unauthorized))
        }

        @Test func `a hundred guesses at once count a hundred times`() throws {
            _ = try home.setUp(try home.setupToken())
            let home = home
            let codes = inParallel(20) { _ in (try? home.logIn(password: "wrong but long").code) ?? "" }
            // Three are free; whoever comes after the third waits a second.
            #expect(codes.filter { $0 == "wrong-credentials" }.count <= 4)
            #expect(codes.allSatisfy { ["wrong-credentials", "too-many-attempts"].contains($0) })
        }

        @Test func `many addresses tried from one place block the place, and no other`() throws {
            _ = try home.setUp(try home.setupToken())
            for number in 1...20 {
                let reply = try home.logIn(email: "guess\(number)@example.org", from: "192.0.2.1")
                #expect(reply.code == "wrong-credentials")
            }
            #expect(try home.logIn(from: "192.0.2.1").code == "too-many-attempts")
            #expect(try home.logIn(from: "192.0.2.2").status == .ok)
        }

        @Test func `a primary that does not answer costs a login 503, and the next one works`() throws {
            _ = try home.setUp(try home.setupToken())
            let server = try #require(home.cluster.server(PostgresCluster.primary))
            server.freeze()
            defer { server.thaw() }
            let reply = try home.logIn()
            #expect(reply.status == .serviceUnavailable && reply.code == "database-unavailable")
            #expect(reply.header("Retry-After") != nil)
            server.thaw()
            try waitUntil { try home.logIn().status == .ok }
        }

        @Test func `a success clears the failures before it`() throws {
            _ = try home.setUp(try home.setupToken())
            for _ in 1...4 {
                #expect(try home.logIn(password: "wrong but long").status == .unauthorized)
                #expect(try home.logIn(password: "wrong but long").status == .unauthorized)
                #expect(try home.logIn().status == .ok)
            }
        }

        @Test func `a hash that is weaker than today's is made anew at a login`() throws {
            _ = try home.setUp(try home.setupToken())
            let better = try CareHome(sharing: home, cost: Scrypt.Cost(logN: 11, r: 8, p: 1))
            #expect(try better.logIn().status == .ok)
            let stored = try home.cluster.query("SELECT password_hash FROM carenotes.users")
            #expect(stored.hasPrefix("$scrypt$ln=11,"))
            #expect(try home.logIn().status == .ok && better.logIn().status == .ok)
            #expect(try home.cluster.query("SELECT password_hash FROM carenotes.users") == stored)
        }
    }
}
