import Certs
import Transport

/// Asks a server for its certificate until it shows the one that is expected.
struct ServedReadBack {
    var endpoint: Endpoint
    var serverName: String

    /// nil for a service that does not speak TLS.
    init?(_ service: ServicePlan) {
        guard case .https(let address, let port, _, let name, _) = service.health else { return nil }
        endpoint = .tcp(host: address, port: port)
        serverName = name
    }

    /// What is against it now; nil where the server shows exactly that chain.
    func difference(from chainPEM: [UInt8]) -> String? {
        do throws(TransportError) {
            let served = try ServedCertificates.read(
                from: endpoint, serverName: serverName, timeout: .seconds(2))
            return ServedComparison.difference(stored: chainPEM, served: served)
        } catch { return error.reason }
    }

    /// nginx lets the old workers accept for another 100 ms once the new ones do.
    private static let settlingTime: Duration = .milliseconds(400)

    /// Waits until every answer has been the chain for a while.
    ///
    /// - Returns: What was last against it; nil once the server shows the chain.
    func wait(for chainPEM: [UInt8], within limit: Duration) -> String? {
        let deadline = ContinuousClock.now + limit
        var since: ContinuousClock.Instant?
        while true {
            let (difference, now) = (difference(from: chainPEM), ContinuousClock.now)
            since = difference == nil ? since ?? now : nil
            if let since, now - since >= Self.settlingTime { return nil }
            if now >= deadline, let difference { return difference }
            Pause.milliseconds(50)
        }
    }
}
