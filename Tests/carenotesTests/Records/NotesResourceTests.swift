import Secrets
import Testing

@testable import carenotes

extension PostgresTests {
    struct NotesResourceTests {
        private let notes: NotesResource
        private let signingKey = SecretBytes(String(repeating: "s", count: 43))
        private let now: Int64 = 1_795_000_000
        private static let issuer = "https://notes.example.org"

        init() throws {
            // Reads from the primary, so that a test sees at once what it wrote.
            let database = try WithPostgres.cluster.database(hosts: [PostgresCluster.primary])
            notes = NotesResource(
                store: try PostgresTests.freshStore(database),
                authenticator: Authenticator(issuer: Self.issuer, signingKey: signingKey),
                encryptionKey: PostgresTests.key,
                logger: Logger(level: .error, format: .json, output: LogOutput(descriptor: 2), common: []))
        }

        private func request(
            _ method: Method, organisation: String = "1", key: String = "k", role: String = "carer"
        ) -> Request {
            let id = "00000000-0000-4000-8000-00000000000"
            let claims = AccessToken.Claims(
                issuer: Self.issuer, subject: "\(id)2", organisation: "\(id)\(organisation)", role: role, id: "t",
                now: now,
                lifetime: 60)
            var request = Request(method: method, route: .notes, id: "r")
            request.headers.append(
                "Authorization", "Bearer \(AccessToken.mint(claims, key: signingKey))")
            request.headers.append("Content-Type", "application/json; charset=utf-8")
            request.headers.append("Idempotency-Key", key)
            request.query.append("resident_id", PostgresTests.resident)
            return request
        }

        private func post(_ body: String, key: String = "k") throws -> Reply {
            var request = request(.post, key: key)
            request.body = Array(#"{"resident_id":"\#(PostgresTests.resident)","body":"\#(body)"}"#.utf8)
            return try notes.work(request, now: now)()
        }

        @Test func `the same request twice is one note, and another body under its key is refused`() throws {
            let first = try post("Slept well")
            let second = try post("Slept well")
            #expect(first.status == .created && first.headers.isEmpty)
            #expect(second.status == .created && second.body == first.body)
            #expect(second.headers == [Reply.Header(name: "Idempotent-Replayed", value: "true")])
            let other = try post("Slept badly")
            #expect(other.status == .unprocessableContent && other.contentType == Problem.contentType)
        }

        @Test func `a list holds what was written, and only for its own organisation`() throws {
            let written = String(decoding: try post("Ate \\u00e9clairs").body, as: UTF8.self)
            let mine = try notes.work(request(.get), now: now)()
            #expect(String(decoding: mine.body, as: UTF8.self) == #"{"notes":[\#(written)],"next":null}"#)
            #expect(written.contains(#""body":"Ate éclairs""#))
            let theirs = try notes.work(request(.get, organisation: "9"), now: now)()
            #expect(String(decoding: theirs.body, as: UTF8.self) == #"{"notes":[],"next":null}"#)
        }

        @Test func `who may only read writes nothing`() throws {
            let problem = #expect(throws: Problem.self) {
                try notes.work(request(.post, role: "read-only"), now: now)
            }
            #expect(problem?.status == .forbidden && problem?.code == .notAllowed)
            #expect(try notes.work(request(.get, role: "read-only"), now: now)().status == .ok)
            let unknown = #expect(throws: Problem.self) { try notes.work(request(.get, role: "god"), now: now) }
            #expect(unknown?.status == .unauthorized)
        }

        @Test func `an expired token is refused before the database is asked`() {
            let problem = #expect(throws: Problem.self) { try notes.work(request(.get), now: now + 3600) }
            #expect(problem?.status == .unauthorized && problem?.code == .invalidToken)
        }
    }
}
