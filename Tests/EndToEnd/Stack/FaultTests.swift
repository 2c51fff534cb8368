import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

extension RunningStackTests {
    /// The process of a service whose command line holds those words.
    func process(of service: String, _ words: String...) throws -> pid_t {
        try #require(try stack.processes(of: service, words).first, "no process of \(service) with \(words)")
    }

    /// Natively all members' are beside each other, and told by their folders.
    private func postmaster(of member: String) throws -> pid_t {
        try process(of: member, "postgres -D ", StackRuntime.isNative ? "/\(member)/pgdata" : "/pgdata")
    }

    @Test func `SIGKILL of a replica under load fails no request, and is followed by its restart`() throws {
        let before = try process(of: "app-2", "carenotes serve", "--instance 2")
        let load = try LoadRun(stack, seconds: 12)
        try load.waitForWrites()
        kill(before, SIGKILL)
        let summary = try load.summary()
        #expect(summary["failed"] as? Int == 0, "\(summary)")
        #expect((summary["writes"] as? Int ?? 0) > 20, "\(summary)")
        let after = try eventually("another process of app-2") {
            let now = try stack.processes(of: "app-2", ["carenotes serve", "--instance 2"]).first
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

    /// What the runtime says of each end of a service, the exit status in it.
    private func ends(of service: String) throws -> [String] {
        if StackRuntime.isNative {
            return Files.text("\(stack.state)/logs/supervisord.log").split(separator: "\n").map(String.init)
                .filter { $0.contains("exited: \(service) ") }
        }
        let events = try stack.docker(
            "events", "--since", "1h", "--until", "0s", "--filter", "container=\(stack.container(service))",
            "--filter",
            "event=die", "--format", "{{.TimeNano}} {{.Actor.Attributes.exitCode}}")
        return events.output.split(separator: "\n").map(String.init)
    }

    @Test func `SIGTERM of a replica lets a request in flight finish, and ends with 0`() throws {
        let endsBefore = try ends(of: "app-2").count
        let replica = try process(of: "app-2", "carenotes serve", "--instance 2")
        let listener = try stack.listener(of: "app-2")
        let token = try stack.token()
        let body = "{\"resident_id\": \"\(try stack.resident(token: token))\", \"body\": \"Sent slowly.\"}"
        let connection = try RawConnection(to: listener)
        try connection.send(
            """
            POST /api/notes HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n\
            Idempotency-Key: \(UUID().uuidString)\r\nContent-Type: application/json\r\n\
            Content-Length: \(body.utf8.count)\r\n\r\n\(body.prefix(20))
            """)
        // carenotes has the headers once it says that one request is in flight.
        _ = try eventually("the request in flight") {
            let metrics = try stack.curl("--fail", "http://\(listener)/api/metrics").output
            let line = metrics.split(separator: "\n").first { $0.contains("in_flight") && !$0.hasPrefix("#") }
            return line?.hasSuffix(" 2") == true ? true : nil
        }
        kill(replica, SIGTERM)
        _ = try eventually("the replica to close its door", within: .seconds(20)) {
            (try? RawConnection(to: listener)) == nil ? true : nil
        }
        try connection.send(String(body.dropFirst(20)))
        let reply = connection.receiveToEnd()
        #expect(reply.hasPrefix("HTTP/1.1 201 "), "\(reply)")
        let end = try eventually("the runtime's word of its end") {
            try ends(of: "app-2").dropFirst(endsBefore).first
        }
        #expect(end.hasSuffix(" 0") || end.contains("exit status 0"), "\(end)")
        _ = try eventually("the stack healthy again") { try stack.careinit("status").code == 0 ? true : nil }
    }

    @Test func `SIGKILL of nginx' master leaves the ports to the next nginx, which starts by itself`() throws {
        let before = try process(of: "nginx", "nginx: master")
        let load = try LoadRun(stack, seconds: 12)
        try load.waitForWrites()
        #expect(kill(before, SIGKILL) == 0)
        _ = try eventually("another master that stays, and a healthy stack") {
            let status = try stack.careinit("status")
            let masters = try stack.processes(of: "nginx", ["nginx: master"])
            return status.code == 0 && !masters.isEmpty && masters != [before] ? status : nil
        }
        let summary = try load.summary()
        #expect(try load.verify().code == 0)
        // Most requests are answered by the workers of either: lost are those that come while nobody listens.
        #expect((summary["failed"] as? Int ?? 480) < 240, "\(summary)")
        guard StackRuntime.isNative else { return }
        _ = try eventually("the end of the workers without a master", within: .seconds(60)) {
            let workers = ProcessEntry.all().filter {
                $0.commandLine.hasPrefix("nginx: worker") && $0.folder == "\(stack.state)/run/nginx"
            }
            return workers.count == 2 ? true : nil
        }
    }

    @Test func `SIGKILL of the leader's postgres loses no acknowledged note, and notes are written again`() throws
    {
        let leader = try #require(try stack.members().first { $0["Role"] == "Leader" }?["Member"])
        let token = try stack.token()
        let resident = try stack.resident(token: token)
        let load = try LoadRun(stack, seconds: 25)
        try load.waitForWrites()
        kill(try postmaster(of: leader), SIGKILL)
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
            let before = try process(of: leader, "patroni", "/\(leader)/patroni.yml")
            kill(before, SIGKILL)
            let after = try eventually("another Patroni of \(leader)") {
                let now = try stack.processes(of: leader, ["patroni", "/\(leader)/patroni.yml"]).first
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

    /// A member and what it runs, frozen: its addresses answer and nobody does, until Patroni's lease has run out (20 s).
    @Test func `reads go on while nobody leads, and notes are written again once somebody does`() throws {
        let leader = try #require(try stack.members().first { $0["Role"] == "Leader" }?["Member"])
        let roots = [try process(of: leader, "patroni", "/\(leader)/patroni.yml"), try postmaster(of: leader)]
        let frozen = roots + roots.flatMap { ProcessEntry.descendants(of: $0).map(\.identifier) }
        let token = try stack.token()
        let resident = try stack.resident(token: token)
        let reads = try LoadRun(
            stack, seconds: 45, rate: 20, writes: false,
            paths: ["/api/health", "/api/notes?resident_id=\(resident)"])
        let writes = try LoadRun(stack, seconds: 45)
        try writes.waitForWrites()
        frozen.forEach { kill($0, SIGSTOP) }
        defer { frozen.forEach { kill($0, SIGCONT) } }
        let successor = try eventually("another leader", within: .seconds(60)) {
            try stack.members(but: leader).first { $0["Role"] == "Leader" && $0["Member"] != leader }?["Member"]
        }
        #expect(successor != leader)
        let note = try eventually("a note that is written again") {
            let reply = try stack.post("Slept.", resident: resident, key: UUID().uuidString, token: token)
            return reply.status == 201 ? reply : nil
        }
        #expect(note.status == 201)
        let read = try reads.summary()
        #expect(read["failed"] as? Int == 0 && (read["reads"] as? Int ?? 0) > 500, "\(read)")
        let written = try writes.summary()
        frozen.forEach { kill($0, SIGCONT) }
        let verdict = try writes.verify()
        #expect(verdict.code == 0, "\(verdict)\n\(written)")
        #expect(try rolesOfHealthyMembers().count == 3)
        _ = try eventually("healthy", within: .seconds(60)) { try stack.careinit("status").code == 0 ? true : nil }
    }

    /// Waits until one leads and two stream, one of them synchronous. Patroni 4 calls that one a quorum standby.
    func rolesOfHealthyMembers() throws -> [String] {
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
