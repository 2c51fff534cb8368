import EnvSchema
import Secrets
import Transport

/// The key of access tokens. It is proved by a token of the new key, which every replica must take before any signs with it.
struct SigningKeyMechanism: SecretMechanism {
    let context: RotationContext

    func prove() throws {
        let claims = AccessToken.Claims(
            issuer: try context.setting("APP_URL"), subject: TokenRequest.standardSubject,
            // Nobody's: nothing is read with it.
            organisation: try SecretGenerator.uuid(), role: "read-only", id: try SecretGenerator.uuid(),
            now: Timestamp.now(), lifetime: 60)
        let token = AccessToken.mint(claims, key: SecretBytes(context.target))
        for replica in context.services where replica.name.hasPrefix("app-") {
            try context.wait(
                "\(replica.name) does not take a token of the new key", fix: "careinit logs \(replica.name)"
            ) {
                try refusal(at: replica, token)
            }
        }
    }

    private func refusal(at replica: ServicePlan, _ token: String) throws -> String? {
        guard case .http(let address, let port, _) = replica.health else { return nil }
        let url = "http://\(Address.withPort(address, port))/api/residents?limit=1"
        do throws(TransportError) {
            let reply = try HTTPClient.get(
                url, timeout: HealthProbe.timeout, headers: [HTTPHeader("Authorization", "Bearer \(token)")])
            return reply.isSuccess ? nil : "it answers \(reply.status)"
        } catch { return error.reason }
    }
}
