import Testing

@testable import carenotes

extension PostgresTests {
    struct AccountBadInputTests {
        /// Route, body, code and field; each 400 but where the code says otherwise.
        private static let cases: [(String, String, String, String)] = [
            ("login", "", "malformed-json", "(body)"), ("login", "[]", "malformed-json", "(body)"),
            ("login", "{" + String(repeating: #""a":["#, count: 9000), "malformed-json", "a"),
            ("login", #"{"email":"a@b.c","email":"a@b.c","password":"x"}"#, "malformed-json", "email"),
            ("login", #"{"email":"a@b.c","password":1e999}"#, "malformed-json", "password"),
            ("login", #"{"email":"a@b.c","password":"\ud800"}"#, "malformed-json", "password"),
            ("login", #"{"email":"a@b.c","password":"Canary\u0000"}"#, "invalid-field", "password"),
            ("login", #"{"email":"a@b.c"}"#, "invalid-field", "password"),
            ("login", #"{"email":"Canary","password":"x"}"#, "invalid-field", "email"),
            ("login", #"{"email":"a@b.c","password":"x","role":"admin"}"#, "invalid-field", "role"),
            ("login?x=1", #"{"email":"a@b.c","password":"x"}"#, "invalid-parameter", "x"),
            ("refresh", #"{"refresh_token":7}"#, "invalid-field", "refresh_token"),
            ("logout", #"{"refresh_token":"Canary","everywhere":"yes"}"#, "invalid-token", ""),
            ("setup", #"{"setup_token":"Canary"}"#, "invalid-token", ""),
            ("password", #"{"current_password":"x"}"#, "invalid-field", "new_password"),
        ]

        @Test func `each is refused with a problem that names the field, and leaves no trace`() throws {
            let api = try RecordsAPI()
            let before = try api.rowCounts()
            for (route, body, code, field) in Self.cases {
                let reply = try api.send("POST", "/api/auth/\(route)", body)
                #expect(
                    reply.code == code && (400..<500).contains(reply.status),
                    "\(route) \(body.prefix(60)): \(reply)")
                #expect(reply.header("Content-Type") == "application/problem+json")
                if !field.isEmpty {
                    #expect(reply.fields.contains(field), "\(route) \(body.prefix(60)): \(reply)")
                }
                #expect(!reply.body.contains("Canary"))
            }
            #expect(try api.rowCounts() == before && !api.log.contains("Canary"))
        }

        @Test(arguments: [
            ("limit=0", "limit"), ("limit=x", "limit"), ("limit=1&limit=1", "limit"), ("cursor=x", "cursor"),
            ("q=1", "q"), ("limit=201", "limit"), ("cursor=", "cursor"),
        ])
        func `a wrong parameter of the list of users is named`(query: String, field: String) throws {
            let api = try RecordsAPI()
            let admin = RecordsAPI.Caller(role: .admin)
            let reply = try api.send("GET", "/api/users?\(query)", as: admin)
            #expect(reply.status == 400 && reply.fields == [field], "\(reply)")
        }
    }
}
