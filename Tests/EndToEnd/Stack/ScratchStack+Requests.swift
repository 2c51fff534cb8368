import Foundation
import Testing

extension ScratchStack {
    /// curl(1), which trusts this stack's certificate and nothing else.
    func curl(_ arguments: String...) throws -> Outcome {
        try run(
            ["curl", "--silent", "--show-error", "--max-time", "20", "--cacert", folder["certs/fullchain.pem"]]
                + arguments, in: folder.path)
    }

    /// The JSON object at a URL.
    func json(_ url: String) throws -> [String: Any] {
        let outcome = try curl("--fail", url)
        try #require(outcome.code == 0, "\(url): \(outcome)")
        return try JSON.object(outcome.output)
    }

    /// Of somebody who takes residents in, and writes.
    func token() throws -> String {
        let outcome = try careinit("token", "--role", "manager", "--lifetime", "1h")
        try #require(outcome.code == 0, "\(outcome)")
        return outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Takes a resident in.
    ///
    /// - Returns: The id.
    func resident(token: String) throws -> String {
        let reply = try post(
            "{\"given_name\": \"Ada\", \"family_name\": \"Byron\"}", to: "residents", key: UUID().uuidString,
            token: token)
        try #require(reply.status == 201, "\(reply)")
        return "\(try JSON.object(reply.body)["id"] ?? "")"
    }

    /// Posts a note.
    func post(_ body: String, resident: String, key: String, token: String) throws -> (status: Int, body: String) {
        try post(
            "{\"resident_id\": \"\(resident)\", \"body\": \"\(body)\"}", to: "notes", key: key, token: token)
    }

    /// The reply's status is the last line of the output.
    private func post(
        _ json: String, to resource: String, key: String, token: String
    ) throws -> (status: Int, body: String) {
        let outcome = try curl(
            "--write-out", "\n%{http_code}", "--oauth2-bearer", token, "--header", "Idempotency-Key: \(key)",
            "--json", json, "\(origin)/api/\(resource)")
        var lines = outcome.output.split(separator: "\n")
        let status = Int(lines.popLast() ?? "") ?? 0
        return (status, lines.joined(separator: "\n"))
    }

    func notes(of resident: String, token: String) throws -> [[String: Any]] {
        let outcome = try curl("--oauth2-bearer", token, "\(origin)/api/notes?resident_id=\(resident)")
        return try JSON.object(outcome.output)["notes"] as? [[String: Any]] ?? []
    }

    /// The roles in a healthy cluster, in Patroni 3's words and in Patroni 4's, which has both standbys vote.
    static let healthyRoles = [
        ["Leader", "Replica", "Sync Standby"], ["Leader", "Quorum Standby", "Quorum Standby"],
    ]

    /// What Patroni knows of its members: name, role and state of each, as one of them says other than `silent`.
    func members(but silent: String? = nil) throws -> [[String: String]] {
        let asked: [String] = ["pg-1", "pg-2", "pg-3"].filter { $0 != silent }
        for member in StackRuntime.isNative ? [asked[0]] : asked {
            let generations = StackRuntime.isNative ? "\(state)/generations" : "/etc/careinit/generations"
            let place = "\(generations)/current"
            let words = ["patronictl", "-c", "\(place)/\(member)/patroni.yml", "list", "--format", "json"]
            let outcome = try run(
                (StackRuntime.isNative ? [] : ["docker", "exec", container(member)]) + words, in: folder.path)
            if outcome.code == 0 || StackRuntime.isNative { return try rows(outcome.output) }
        }
        return []
    }

    private func rows(_ json: String) throws -> [[String: String]] {
        let rows = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]] ?? []
        return rows.map { $0.mapValues { "\($0)" } }
    }
}

enum JSON {
    static func object(_ text: String) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
        return try #require(value as? [String: Any], "\(text)")
    }
}
