import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Patroni alone stands still, for longer than its lease lasts (20 s): its PostgreSQL goes on as the leader it was.
extension RunningStackTests {
    private func patroni(of member: String) throws -> pid_t {
        try process(of: member, "patroni", "/\(member)/patroni.yml")
    }

    /// Whom Patroni may promote: it writes that down about two seconds after PostgreSQL waits for that standby, and until then nobody
    /// takes over from a leader that stands still.
    private func expectSuccessor() throws {
        _ = try eventually("a standby that may take over") {
            try stack.members().contains { $0["Role"]?.hasSuffix(" Standby") == true } ? true : nil
        }
    }

    private func leader(other than: String? = nil) throws -> (member: String, timeline: Int) {
        try eventually("a leader other than \(than ?? "none")", within: .seconds(60)) {
            let rows = (try? stack.members()) ?? []
            guard let row = rows.first(where: { $0["Role"] == "Leader" && $0["Member"] != than }),
                let member = row["Member"], let timeline = Int(row["TL"] ?? "")
            else { return nil }
            return (member, timeline)
        }
    }

    private func psql(_ member: String, _ statement: String) -> [String] {
        [Programs.careinit, "exec", member, "psql", "-Atc", statement]
    }

    private func answer(_ member: String, _ statement: String) throws -> String? {
        let outcome = try run(psql(member, statement), in: stack.folder.path)
        return outcome.code == 0 ? outcome.output.trimmingCharacters(in: .whitespacesAndNewlines) : nil
    }

    private func acknowledgedNote(_ body: String, resident: String, token: String) throws {
        _ = try eventually("the acknowledged note '\(body)'", within: .seconds(60)) {
            try stack.post(body, resident: resident, key: UUID().uuidString, token: token).status == 201
                ? true : nil
        }
    }

    /// The stack is healthy, and the notes are all there.
    private func expectKept(_ bodies: [String], of resident: String, token: String, _ load: LoadRun) throws {
        let summary = try load.summary()
        #expect(try rolesOfHealthyMembers().count == 3)
        _ = try eventually("healthy", within: .seconds(60)) { try stack.careinit("status").code == 0 ? true : nil }
        let verdict = try load.verify()
        #expect(verdict.code == 0, "\(verdict)\n\(summary)")
        let notes = try stack.notes(of: resident, token: token)
        #expect(Set(notes.map { "\($0["body"] ?? "")" }) == Set(bodies))
    }

    @Test func `a leader whose Patroni was frozen takes back nothing that its successor acknowledged`() throws {
        try expectSuccessor()
        let (former, timeline) = try leader()
        let frozen = try patroni(of: former)
        let token = try stack.token()
        let resident = try stack.resident(token: token)
        let load = try LoadRun(stack, seconds: 50)
        try load.waitForWrites()
        kill(frozen, SIGSTOP)
        defer { kill(frozen, SIGCONT) }
        let successor = try leader(other: former).member
        // The former leader still takes commits, but no standby is left to confirm one.
        let commit = try RunningProcess(
            psql(former, "CREATE TABLE never_acknowledged ()"), .init(folder: stack.folder.path))
        let waiting = """
            SELECT count(*) FROM pg_stat_activity
            WHERE wait_event = 'SyncRep' AND query LIKE 'CREATE TABLE never%'
            """
        _ = try eventually("the commit that waits") { try answer(former, waiting) == "1" ? true : nil }
        try acknowledgedNote("Took the evening dose.", resident: resident, token: token)
        kill(frozen, SIGCONT)
        #expect(try commit.outcome().code != 0, "the former leader acknowledged what it alone had")
        try expectKept(["Took the evening dose."], of: resident, token: token, load)
        #expect(try leader().timeline > timeline)
        #expect(try answer(successor, "SELECT to_regclass('never_acknowledged') IS NULL") == "t")
    }

    @Test func `a former leader does not lead again because nobody else does`() throws {
        try expectSuccessor()
        let (former, timeline) = try leader()
        var frozen = [try patroni(of: former)]
        let token = try stack.token()
        let resident = try stack.resident(token: token)
        let load = try LoadRun(stack, seconds: 80)
        try load.waitForWrites()
        defer { frozen.forEach { kill($0, SIGCONT) } }
        kill(frozen[0], SIGSTOP)
        _ = try leader(other: former)
        try acknowledgedNote("Refused the evening dose.", resident: resident, token: token)
        frozen += try ["pg-1", "pg-2", "pg-3"].filter { $0 != former }.map(patroni(of:))
        frozen.dropFirst().forEach { kill($0, SIGSTOP) }
        _ = try eventually("no leader", within: .seconds(60)) {
            ((try? stack.members()) ?? []).contains { $0["Role"] == "Leader" } ? nil : true
        }
        kill(frozen[0], SIGCONT)
        _ = try eventually("the former leader as a standby", within: .seconds(60)) {
            try answer(former, "SELECT pg_is_in_recovery()") == "t" ? true : nil
        }
        frozen.forEach { kill($0, SIGCONT) }
        try expectKept(["Refused the evening dose."], of: resident, token: token, load)
        #expect(try leader().timeline > timeline)
    }
}
