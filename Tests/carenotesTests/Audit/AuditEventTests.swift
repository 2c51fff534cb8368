import Secrets
import Testing

@testable import carenotes

@Suite struct AuditEventTests {
    private var identity: Identity {
        PostgresTests.author.from(
            RequestOrigin(action: "GET /api/notes/{id}", client: "192.0.2.7", requestID: "r-1"))
    }

    @Test func `an event says who, what, when, from where, in one flat object`() throws {
        let event = AuditEvent(.read, by: identity).about(resident: PostgresTests.resident, record: "n", count: 3)
        let members = try #require(FlatJSON.decode(event.json(replica: 2)))
        #expect(members["kind"] == .string("read") && members["action"] == .string("GET /api/notes/{id}"))
        #expect(members["actor_id"] == .string(PostgresTests.author.subjectID))
        #expect(members["actor_role"] == .string("carer"))
        #expect(members["organisation_id"] == .string(PostgresTests.organisation))
        #expect(members["resident_id"] == .string(PostgresTests.resident) && members["record_id"] == .string("n"))
        #expect(members["client"] == .string("192.0.2.7") && members["request_id"] == .string("r-1"))
        #expect(members["count"] == .integer(3) && members["replica"] == .integer(2))
        #expect(members["outcome"] == .string("ok"))
        guard case .string(let time) = members["time"] else { throw ServerFailure(what: "no time") }
        #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/) != nil)
    }

    @Test func `an event is an entry of a chain`() throws {
        var chain = try #require(HashChain(new: "replica-1"))
        let line = chain.append(AuditEvent(.read, by: identity).json(replica: 1))
        #expect(line != nil)
    }

    @Test func `what a client makes up cannot leave its member`() throws {
        let origin = RequestOrigin(action: "GET /", client: "unknown", requestID: "\",\"outcome\":\"ok\n\u{1}")
        let members = FlatJSON.decode(AuditEvent(.account, origin).json(replica: 1))
        #expect(members?["request_id"] == .string(origin.requestID))
    }

    @Test func `ids are UUIDs, each another`() {
        let ids = (0..<100).map { _ in RandomUUID.make() }
        #expect(Set(ids).count == 100)
        #expect(
            ids.allSatisfy {
                $0.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil
            })
    }
}
