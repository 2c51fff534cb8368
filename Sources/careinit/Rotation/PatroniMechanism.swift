import Transport

/// The password with which Patroni's members command each other. Each takes the new one when it is told to, and then no other:
/// there is nothing to drain but the doubt.
struct PatroniMechanism: SecretMechanism {
    let context: RotationContext

    /// As patroni.yml has it.
    private static let user = "patroni"

    func users() throws -> String? {
        let behind = try context.services.filter(\.isDatabaseMember).filter { member in
            try status(member, context.target) == 401 || status(member, context.other) != 401
        }
        return behind.isEmpty ? nil : "\(behind.map(\.name).joined(separator: ", ")): not yet the new one alone"
    }

    /// What a member answers to a command of whoever has that password: to read its files once more, which does no harm.
    private func status(_ member: ServicePlan, _ password: String) throws -> Int {
        guard case .patroniMember(let address, let port) = member.health else { return 0 }
        let login = Base64.encode(Array("\(Self.user):\(password)".utf8))
        do throws(TransportError) {
            return try HTTPClient.request(
                "POST", "http://\(Address.withPort(address, port))/reload", timeout: HealthProbe.timeout,
                headers: [HTTPHeader("Authorization", "Basic \(login)")]
            ).status
        } catch {
            throw CommandFailure(
                .unavailable, "The Patroni of \(member.name) does not answer", place: context.item.name,
                why: error.reason, fix: "careinit logs \(member.name)")
        }
    }
}
