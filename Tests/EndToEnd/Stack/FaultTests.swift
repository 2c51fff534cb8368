import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

extension RunningStackTests {
    /// The process of a service whose command line holds those words.
    private func process(_ words: String...) throws -> pid_t {
        try #require(find(words), "no process with \(words)")
    }

    private func find(_ words: [String]) -> pid_t? {
        let found = ProcessEntry.all().filter { entry in words.allSatisfy(entry.commandLine.contains) }
        return found.min { $0.identifier < $1.identifier }?.identifier
    }

    @Test func `SIGKILL of a replica under load fails no request, and is followed by its restart`() throws {
        let before = try process("carenotes serve", stack.state, "--instance 2")
        let load = try LoadRun(stack, seconds: 12)
        try load.waitForWrites()
        kill(before, SIGKILL)
        let summary = try load.summary()
        #expect(summary["failed"] as? Int == 0, "\(summary)")
        #expect((summary["writes"] as? Int ?? 0) > 20, "\(summary)")
        let after = try eventually("another process of app-2") {
            let now = find(["carenotes serve", stack.state, "--instance 2"])
            return now == before ? nil : now
        }
        #expect(after != before)
        let status = try eventually("app-2 healthy again") {
            let status = try stack.careinit("status")
            return status.code == 0 ? status : nil
        }
        // Who looks at night must see that it was away.
        let line = status.output.split(separator: "\n").first { $0.contains("app-2") } ?? ""
        #expect(line.contains("restart"), "\(status)")
        #expect(try load.verify().code == 0)
    }

    @Test func `SIGTERM of a replica lets a request in flight finish, and ends with 0`() throws {
        let ends = { [stack] in
            Files.text("\(stack.state)/logs/supervisord.log").split(separator: "\n").filter {
                $0.contains("exited: app-2 ")
            }
        }
        let endsBefore = ends().count
        let replica = try process("carenotes serve", stack.state, "--instance 2")
        let token = try stack.token()
        let body = "{\"resident_id\": \"\(try stack.resident(token: token))\", \"body\": \"Sent slowly.\"}"
        let connection = try RawConnection(port: stack.port("PORT") + 1)
        try connection.send(
            """
            POST /api/notes HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n\
            Idempotency-Key: \(UUID().uuidString)\r\nContent-Type: application/json\r\n\
            Content-Length: \(body.utf8.count)\r\n\r\n\(body.prefix(20))
            """)
        // carenotes has the headers once it says that one request is in flight.
        _ = try eventually("the request in flight") {
            let metrics = try stack.curl("--fail", "http://127.0.0.1:\(stack.port("PORT") + 1)/api/metrics").output
            let line = metrics.split(separator: "\n").first { $0.contains("in_flight") && !$0.hasPrefix("#") }
            return line?.hasSuffix(" 2") == true ? true : nil
        }
        kill(replica, SIGTERM)
        _ = try eventually("the replica to close its door", within: .seconds(20)) {
            (try? RawConnection(port: stack.port("PORT") + 1)) == nil ? true : nil
        }
        try connection.send(String(body.dropFirst(20)))
        let reply = connection.receiveToEnd()
        #expect(reply.hasPrefix("HTTP/1.1 201 "), "\(reply)")
        let end = try eventually("supervisord's word of its end") { ends().dropFirst(endsBefore).first }
        #expect(end.contains("exit status 0"), "\(end)")
        _ = try eventually("the stack healthy again") { try stack.careinit("status").code == 0 ? true : nil }
    }

    @Test func `SIGKILL of the leader's postgres loses no acknowledged note, and notes are written again`() throws
    {
        let leader = try #require(try stack.members().first { $0["Role"] == "Leader" }?["Member"])
        let token = try stack.token()
        let resident = try stack.resident(token: token)
        let load = try LoadRun(stack, seconds: 25)
        try load.waitForWrites()
        kill(try process("postgres -D \(stack.state)/data/\(leader)/pgdata"), SIGKILL)
        let note = try eventually("a note that is written again") {
            let reply = try stack.post(
                "Ate well.", resident: resident, key: UUID().uuidString, token: token)
            return reply.status == 201 ? reply : nil
        }
        #expect(note.status == 201)
        let summary = try load.summary()
        #expect((summary["writes"] as? Int ?? 0) > 50, "\(summary)")
        let verdict = try load.verify()
        #expect(verdict.code == 0, "\(verdict)\n\(summary)")
        #expect(try rolesOfHealthyMembers().count == 3)
    }

    @Test func `after SIGKILL of the leader's Patroni, commits wait for the standby that would take over`() throws
    {
        // The second time is another case than the first: the member has then led before.
        for _ in 0..<2 {
            let leader = try #require(try stack.members().first { $0["Role"] == "Leader" }?["Member"])
            let load = try LoadRun(stack, seconds: 20)
            try load.waitForWrites()
            let before = try process("patroni", "/\(leader)/patroni.yml", stack.state)
            kill(before, SIGKILL)
            let after = try eventually("another Patroni of \(leader)") {
                let now = find(["patroni", "/\(leader)/patroni.yml", stack.state])
                return now == before ? nil : now
            }
            #expect(after != before)
            let summary = try load.summary()
            #expect(summary["failed"] as? Int == 0, "\(summary)")
            #expect(try load.verify().code == 0)
            #expect(try rolesOfHealthyMembers().count == 3)
            let status = try eventually("healthy", within: .seconds(60)) {
                let status = try stack.careinit("status")
                return status.code == 0 ? status : nil
            }
            #expect(status.output.contains("Replication  synchronous"), "\(status)")
        }
    }

    /// Waits until one leads and two stream, one of them synchronous. Patroni 4 calls that one a quorum standby.
    private func rolesOfHealthyMembers() throws -> [String] {
        try eventually("one leader and two standbys again", within: .seconds(90)) {
            let members = try stack.members()
            let isWell = members.allSatisfy { ["running", "streaming"].contains($0["State"] ?? "") }
            let roles = members.compactMap { $0["Role"] }.sorted()
            return isWell && ScratchStack.healthyRoles.contains(roles) ? roles : nil
        }
    }

    @Test func `down and up again keep the notes`() throws {
        let token = try stack.token()
        let resident = try stack.resident(token: token)
        let reply = try stack.post("Kept.", resident: resident, key: UUID().uuidString, token: token)
        #expect(reply.status == 201, "\(reply)")
        try stack.down()
        try stack.up()
        let notes = try eventually("the note") {
            let notes = try stack.notes(of: resident, token: token)
            return notes.isEmpty ? nil : notes
        }
        #expect(notes.map { "\($0["body"] ?? "")" } == ["Kept."])
    }
}
