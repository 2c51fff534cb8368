import Transport

/// etcd and its clients know each other by certificates of one authority. Both come to take those of another one, then to show
/// them, and then to take no others. etcd reads whom it trusts when it starts, so that it is restarted for each; Patroni goes on
/// meanwhile (failsafe_mode).
struct EtcdMechanism: SecretMechanism {
    let context: RotationContext

    private func certificates(_ authority: String) throws -> EtcdCertificateStore {
        let address = context.runtime.kind == .compose ? try listener().address : nil
        return InternalSecretsStore(project: context.project, etcdAddress: address)
            .certificates(of: authority)
    }

    private func listener() throws -> Listener {
        if let listener = try context.service("etcd").listeners.first { return listener }
        throw CommandFailure(.unavailable, "etcd listens nowhere", place: context.item.name)
    }

    func isStaged() throws -> Bool { try certificates(context.target).isMade }

    func stage() throws { _ = try certificates(context.target).load(now: Clock.now()) }

    /// As a client, before there is any other.
    func prove() throws {
        try context.wait("etcd does not take a client of the new authority", fix: "careinit logs etcd") {
            try refusal(trusting: [context.other])
        }
    }

    /// It shows a certificate of the new authority.
    func users() throws -> String? { try refusal() }

    /// Why etcd and a client of the new authority do not come together, where that trusts the others, too; nil where they do.
    private func refusal(trusting others: [String] = []) throws -> String? {
        let own = try certificates(context.target).load(now: Clock.now(), trusting: others)
        let listener = try listener()
        do throws(TransportError) {
            let tls = try TLSContext(
                trust: .pem(own.authorities), client: (certificatePEM: own.client, keyPEM: own.clientKey))
            let connection = try HTTPConnection(
                to: .tcp(host: listener.address, port: listener.port), serverName: listener.address, tls: tls,
                timeout: HealthProbe.timeout)
            let reply = try connection.send(.get("/version"), timeout: HealthProbe.timeout)
            return reply.isSuccess ? nil : "it answers \(reply.status)"
        } catch { return error.reason }
    }
}
