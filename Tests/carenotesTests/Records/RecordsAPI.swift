import Foundation
import Secrets

@testable import carenotes

/// A replica with a real database and an empty schema, asked over real sockets by whom a test likes to be.
final class RecordsAPI {
    let cluster: PostgresCluster
    private let service: ScratchService
    private let logFile: FileHandle
    private let logPath: String

    struct Reply {
        var status: Int
        var head: String
        var body: String
        var members: [String: Any]

        func text(_ name: String) -> String { "\(members[name] ?? "none")" }
        func rows(_ name: String) -> [[String: Any]] { members[name] as? [[String: Any]] ?? [] }
        var code: String { text("code") }
        var fields: [String] { rows("errors").map { "\($0["field"] ?? "")" } }

        func header(_ name: String) -> String? {
            head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("\(name.lowercased()): ") }
                .map { String($0.dropFirst(name.utf8.count + 2)) }
        }
    }

    struct Caller {
        var organisation = PostgresTests.organisation
        var subject = PostgresTests.author.subjectID
        var role = Role.manager
    }

    init() throws {
        cluster = try WithPostgres.cluster
        try cluster.query("DROP SCHEMA IF EXISTS carenotes CASCADE")
        logPath = NSTemporaryDirectory() + "carenotes-log-" + UUID().uuidString
        _ = FileManager.default.createFile(atPath: logPath, contents: nil)
        logFile = try FileHandle(forWritingTo: URL(fileURLWithPath: logPath))
        // Reads from the primary, so that a test sees at once what it wrote.
        service = try ScratchService(
            database: cluster.settings(hosts: [PostgresCluster.primary]), log: logFile.fileDescriptor)
        try PostgresTests.waitUntil { [service] in service.service.state.hasStarted }
    }

    deinit { try? FileManager.default.removeItem(atPath: logPath) }

    var log: String { (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "" }

    /// Sends bytes, and gives what comes back.
    func exchange(_ text: String) throws -> String { try service.exchange([text], staysOpen: true) }

    var metrics: RequestMetrics { service.service.metrics }

    /// Sends one request. A body gets the headers that it needs, unless `headers` say otherwise.
    func send(
        _ method: String, _ target: String, _ body: String? = nil, as caller: Caller = Caller(),
        key: String? = UUID().uuidString, headers: [String] = [], type: String = "application/json"
    ) throws -> Reply {
        var lines = ["\(method) \(target) HTTP/1.1", "Host: localhost", "Connection: close"]
        lines.append("Authorization: Bearer \(try token(caller))")
        if let body {
            lines += ["Content-Type: \(type)", "Content-Length: \(body.utf8.count)"]
        }
        if let key, method == "POST" { lines.append("Idempotency-Key: \(key)") }
        let head = (lines + headers).joined(separator: "\r\n") + "\r\n\r\n"
        let text = try service.exchange([head + (body ?? "")])
        guard let end = text.firstRange(of: "\r\n\r\n") else { throw ServerFailure(what: "no reply: \(text)") }
        let content = String(text[end.upperBound...])
        let members = try? JSONSerialization.jsonObject(with: Data(content.utf8)) as? [String: Any]
        return Reply(
            status: Int(text.dropFirst(9).prefix(3)) ?? 0, head: String(text[..<end.lowerBound]), body: content,
            members: members ?? [:])
    }

    private func token(_ caller: Caller) throws -> String {
        let claims = AccessToken.Claims(
            issuer: service.settings.origin, subject: caller.subject, organisation: caller.organisation,
            role: caller.role.rawValue, id: "t", now: WallClock.seconds(), lifetime: 60)
        return AccessToken.mint(claims, key: service.settings.signingKey)
    }

    /// From now on the replica has no place to write its audit of reads to.
    func breakSpool() throws {
        ScratchSpool.remove(service.spool)
        try Data().write(to: URL(fileURLWithPath: service.spool))
    }

    // MARK: What tests need again and again

    func resident(
        _ body: String = #"{"given_name":"Ada","family_name":"Byron"}"#, as caller: Caller = Caller()
    ) throws -> String {
        let reply = try send("POST", "/api/residents", body, as: caller)
        guard reply.status == 201 else { throw ServerFailure(what: "\(reply)") }
        return reply.text("id")
    }

    func note(
        _ body: String, about resident: String, as caller: Caller = Caller(), tags: String = "[]"
    ) throws -> Reply {
        try send(
            "POST", "/api/notes", #"{"resident_id":"\#(resident)","body":"\#(body)","tags":\#(tags)}"#, as: caller)
    }

    /// How many rows each table of the schema has, but the audit trail, which grows by itself for a while after each read.
    func rowCounts() throws -> [String: String] {
        var counts: [String: String] = [:]
        for table in try tables() where table != "audit_events" {
            counts[table] = try cluster.query("SELECT count(*) FROM carenotes.\(table)")
        }
        return counts
    }

    /// Every table whose rows belong to organisations, as the catalogue has it, so that a new one is not forgotten.
    func tables() throws -> [String] {
        try cluster.query(
            """
            SELECT DISTINCT table_name FROM information_schema.columns WHERE table_schema = 'carenotes'
                AND (column_name = 'organisation_id' OR table_name = 'organisations') ORDER BY 1
            """
        ).split(separator: "\n").map(String.init)
    }
}
