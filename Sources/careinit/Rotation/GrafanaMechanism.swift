import FoundationEssentials
import Transport

/// Grafana's administrator has one password; between it and the `.env` lie two steps. Nothing but people logs in with it.
struct GrafanaMechanism: SecretMechanism {
    let context: RotationContext

    /// Where it runs; nil where it does not, and will read the password at its first start.
    private func account(_ password: String) throws -> GrafanaAccount? {
        guard let service = context.services.first(where: { $0.name == "grafana" }),
            let listener = service.listeners.first
        else { return nil }
        return GrafanaAccount(
            port: listener.port, user: try context.setting("GRAFANA_ADMIN_USER"), password: password)
    }

    func isStaged() throws -> Bool { try account(context.target)?.logsIn() ?? true }

    func stage() throws { try account(context.other)?.change(to: context.target) }

    func prove() throws {
        guard let account = try account(context.target), try !account.logsIn() else { return }
        throw CommandFailure(
            .unavailable, "Grafana does not take its new password", place: context.item.name,
            fix: "grafana cli admin reset-admin-password sets one; then careinit rotate-secrets --resume")
    }

    func isRetired() throws -> Bool { try account(context.other).map { try !$0.logsIn() } ?? true }

    func retire() throws {
        throw CommandFailure(
            .failure, "Grafana still takes the old password", place: context.item.name,
            fix: "change it in Grafana, and put it into .env")
    }
}

/// The account of Grafana's administrator, over its HTTP API (Grafana, User HTTP API: `PUT /api/user/password`).
struct GrafanaAccount {
    let port: UInt16
    let user: String
    let password: String

    private static let timeout: Duration = .seconds(10)

    /// - Throws: exit code 69 where Grafana does not answer.
    func logsIn() throws(CommandFailure) -> Bool {
        let reply = try ask("GET", "/api/user", [])
        guard [200, 401, 403].contains(reply.status) else { throw refusal(reply.status) }
        return reply.status == 200
    }

    private struct Change: Encodable {
        var oldPassword: String
        var newPassword: String
        var confirmNew: String
    }

    func change(to new: String) throws(CommandFailure) {
        let change = Change(oldPassword: password, newPassword: new, confirmNew: new)
        guard let body = try? JSONEncoder().encode(change) else {
            throw CommandFailure(.invalidData, "The new password of Grafana cannot be written as JSON")
        }
        let reply = try ask("PUT", "/api/user/password", Array(body))
        guard reply.status == 200 else { throw refusal(reply.status) }
    }

    private func ask(_ method: String, _ path: String, _ body: [UInt8]) throws(CommandFailure) -> HTTPResponse {
        let login = Base64.encode(Array("\(user):\(password)".utf8))
        let type = body.isEmpty ? [] : [HTTPHeader("Content-Type", "application/json")]
        do throws(TransportError) {
            return try HTTPClient.request(
                method, "http://127.0.0.1:\(port)\(path)", timeout: Self.timeout,
                headers: [HTTPHeader("Authorization", "Basic \(login)")] + type, body: body)
        } catch {
            throw CommandFailure(
                .unavailable, "Grafana does not answer", why: error.reason, fix: "careinit logs grafana")
        }
    }

    private func refusal(_ status: Int) -> CommandFailure {
        CommandFailure(
            .unavailable, "Grafana does not take the change of its password", why: "it answers \(status)",
            fix: "careinit logs grafana")
    }
}
