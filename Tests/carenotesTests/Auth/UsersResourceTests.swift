import Testing

@testable import carenotes

extension PostgresTests {
    /// `/api/users` over real statements.
    struct UsersResourceTests {
        let home: CareHome
        let admin: Reply

        init() throws {
            home = try CareHome()
            admin = try home.setUp(try home.setupToken())
        }

        @Test func `a user that was made can log in with the role`() throws {
            let made = try home.addUser(admin.accessToken, email: "Manager@example.org", role: "manager")
            #expect(made.status == .created && made.text("email") == "manager@example.org")
            #expect(try home.logIn(email: "manager@example.org").text("role") == "manager")
        }

        @Test func `the same request twice makes one user, and another body under its key none`() throws {
            let first = try home.addUser(admin.accessToken, email: "a@example.org", key: "k")
            let second = try home.addUser(admin.accessToken, email: "a@example.org", key: "k")
            #expect(second.status == .created && second.body == first.body)
            #expect(second.header("Idempotent-Replayed") == "true" && first.header("Idempotent-Replayed") == nil)
            let other = try home.addUser(admin.accessToken, email: "b@example.org", key: "k")
            #expect(other.status == .unprocessableContent && other.code == "idempotency-key-reused")
            let taken = try home.addUser(admin.accessToken, email: "a@example.org", key: "k2")
            #expect(taken.status == .conflict && taken.code == "email-taken")
        }

        @Test func `only an administrator manages users, by the database and not by an old token`() throws {
            let carer = try home.addUser(admin.accessToken, email: "carer@example.org")
            let carerToken = try home.logIn(email: "carer@example.org").accessToken
            #expect(try home.users(carerToken).code == "not-allowed")
            let second = try home.addUser(admin.accessToken, email: "second@example.org", role: "admin")
            let secondToken = try home.logIn(email: "second@example.org").accessToken
            #expect(try home.users(secondToken).status == .ok)
            _ = try home.change(admin.accessToken, #"{"id":"\#(second.text("id"))","role":"carer"}"#)
            #expect(try home.users(secondToken).code == "not-allowed")
            #expect(try home.disable(secondToken, carer.text("id")).code == "not-allowed")
        }

        @Test func `a page lists users by address, and the next one goes on`() throws {
            for name in ["c", "b", "e"] { _ = try home.addUser(admin.accessToken, email: "\(name)@example.org") }
            let first = try home.users(admin.accessToken, limit: 3)
            #expect(first.emails == ["admin@rosewood.example", "b@example.org", "c@example.org"])
            let second = try home.users(admin.accessToken, limit: 3, cursor: first.text("next"))
            #expect(second.emails == ["e@example.org"] && second.text.hasSuffix(#""next":null}"#))
            #expect(try home.users(admin.accessToken, limit: 0).code == "invalid-parameter")
            #expect(try home.users(admin.accessToken, limit: 3, cursor: "x").code == "invalid-cursor")
        }

        @Test func `who was disabled is out, and back when enabled`() throws {
            let carer = try home.addUser(admin.accessToken, email: "carer@example.org")
            let session = try home.logIn(email: "carer@example.org")
            #expect(try home.disable(admin.accessToken, carer.text("id")).text.contains(#""disabled":true"#))
            #expect(try home.refresh(session.refreshToken).code == "session-over")
            _ = try home.change(admin.accessToken, #"{"id":"\#(carer.text("id"))","disabled":false}"#)
            #expect(try home.refresh(session.refreshToken).code == "session-over")
            #expect(try home.logIn(email: "carer@example.org").status == .ok)
        }

        @Test func `another role holds from the next refresh on`() throws {
            let carer = try home.addUser(admin.accessToken, email: "carer@example.org")
            let session = try home.logIn(email: "carer@example.org")
            _ = try home.change(admin.accessToken, #"{"id":"\#(carer.text("id"))","role":"read-only"}"#)
            let next = try home.refresh(session.refreshToken)
            #expect(try home.identity(next.accessToken).role == .readOnly)
        }

        @Test func `an administrator sets a password, and opens a lock`() throws {
            let carer = try home.addUser(admin.accessToken, email: "carer@example.org")
            let new = "the lamp by the blue door"
            for _ in 1...4 { _ = try home.logIn(email: "carer@example.org", password: "wrong but long") }
            #expect(try home.logIn(email: "carer@example.org").code == "too-many-attempts")
            let listed = try home.users(admin.accessToken).text
            #expect(listed.contains(#""locked_for_seconds":1"#) || listed.contains(#""locked_for_seconds":2"#))
            let changed = try home.change(
                admin.accessToken, #"{"id":"\#(carer.text("id"))","password":"\#(new)","unlock":true}"#)
            #expect(changed.text.contains(#""locked_for_seconds":0"#))
            #expect(try home.logIn(email: "carer@example.org", password: new).status == .ok)
        }

        @Test func `an organisation always has somebody who can manage it`() throws {
            let id = admin.text("id")
            for change in [#""role":"carer""#, #""disabled":true"#] {
                let reply = try home.change(admin.accessToken, #"{"id":"\#(id)",\#(change)}"#)
                #expect(reply.status == .conflict && reply.code == "last-admin")
            }
            #expect(try home.change(admin.accessToken, #"{"id":"\#(id)","role":"admin"}"#).status == .ok)
        }

        @Test func `two administrators who demote each other at once leave one`() throws {
            let second = try home.addUser(admin.accessToken, email: "second@example.org", role: "admin")
            let tokens = [admin.accessToken, try home.logIn(email: "second@example.org").accessToken]
            let ids = [second.text("id"), admin.text("id")]
            let home = home
            let replies = inParallel(2) { index in
                (try? home.change(tokens[index], #"{"id":"\#(ids[index])","role":"carer"}"#).status) ?? .ok
            }
            #expect(replies.filter { $0 == .ok }.count == 1)
            #expect(try home.cluster.query("SELECT count(*) FROM carenotes.users WHERE role = 'admin'") == "1")
        }

        @Test func `another organisation's users are not seen and not touched`() throws {
            let carer = try home.addUser(admin.accessToken, email: "carer@example.org")
            let token = try home.setupToken(organisation: CareHome.otherOrganisation)
            let other = try home.setUp(token, email: "other@example.org", organisation: "Elm Lodge")
            #expect(try home.users(other.accessToken).emails == ["other@example.org"])
            let reply = try home.change(other.accessToken, #"{"id":"\#(carer.text("id"))","disabled":true}"#)
            #expect(reply.status == .notFound)
            let password = #"{"id":"\#(carer.text("id"))","password":"the lamp by the blue door"}"#
            #expect(try home.change(other.accessToken, password).status == .notFound)
            #expect(try home.logIn(email: "carer@example.org").status == .ok)
        }

        @Test(arguments: [
            ("{}", "invalid-field"), (#"{"id":"x"}"#, "invalid-field"),
            (#"{"id":"00000000-0000-4000-8000-000000000001"}"#, "no-such-resource"),
            (#"{"id":"00000000-0000-4000-8000-000000000001","role":"god"}"#, "invalid-field"),
            (#"{"id":"00000000-0000-4000-8000-000000000001","disabled":"yes"}"#, "invalid-field"),
        ])
        func `a change that makes no sense changes nothing`(body: String, code: String) throws {
            #expect(try home.change(admin.accessToken, body).code == code)
        }
    }
}
