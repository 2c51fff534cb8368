import Certs
import Transport

/// What answers at APP_URL speaks TLS, and shows the certificate that lies on the disk.
struct HTTPSProof {
    var host: String
    var port: UInt16
    /// Where the certificate lies that nginx shows; nil where the answers do not tell.
    var certificatePath: String?
    /// Whether nginx of this stack runs: only then must anything answer.
    var isServed: Bool
    var own: Set<String>
    var timeout: Duration

    private var place: String { Address.withPort(host, port) }

    func run(_ log: inout ProofLog) throws(ProofStop) {
        let address = try connect(&log)
        let facts: TLSFacts
        do throws(TransportError) {
            facts = try ServedCertificates.facts(
                of: .tcp(host: address, port: port), serverName: host, timeout: timeout)
        } catch {
            throw problem(
                "TLS", "\(place): \(error.reason)", fix: "look at what listens there: careinit logs nginx")
        }
        try log.passed("TLS", facts.version)
        try log.passed("certificate", try judge(facts.chainPEM))
    }

    /// - Returns: The address that took the connection.
    private func connect(_ log: inout ProofLog) throws(ProofStop) -> String {
        let addresses: [String]
        do throws(TransportError) {
            addresses = try HostLookup.addresses(of: host, timeout: timeout)
        } catch { throw .skipped("\(error.reason)") }
        for address in addresses where TCP.isListening(address, port: port, timeout: timeout) {
            try log.passed("TCP", Address.withPort(address, port))
            return address
        }
        guard isServed else {
            throw .skipped("nothing listens on \(place) yet: careinit up starts nginx")
        }
        let problem = ProofProblem(
            layer: "TCP", reason: "nginx runs, and nothing answers on \(place)",
            fix: "let a firewall or router pass port \(port) on, or correct APP_URL and HTTPS_PORT")
        // A router need not pass on what comes from inside.
        let isHere = addresses.contains { [.own, .loopback].contains(AddressKind($0, own: own)) }
        throw isHere ? .failed(problem) : .warning(problem)
    }

    private func judge(_ served: [UInt8]) throws(ProofStop) -> String {
        if let stored = certificatePath.flatMap({ FileSystem.read($0, limit: 4 << 20) }) {
            if let difference = ServedComparison.difference(stored: stored, served: served) {
                throw problem(
                    "certificate", "\(place) shows another certificate: \(difference)",
                    fix: isServed ? "careinit certs install" : "stop what listens on \(place), then careinit up")
            }
            return "the one that lies on the disk"
        }
        let report = CertificateExamination(
            certificatePEM: served, keyPEM: nil, hosts: [host], now: Clock.now(), anchorsPEM: nil
        ).report()
        guard let problem = report.problems.first(where: { $0.severity == .error }) else {
            return CertificateProof.words(report)
        }
        throw self.problem("certificate", "\(place): \(problem.reason)", fix: problem.fix)
    }

    /// Before the stack's first start somebody else may listen there, and nothing is wrong with that.
    private func problem(_ layer: String, _ reason: String, fix: String) -> ProofStop {
        let problem = ProofProblem(layer: layer, reason: reason, fix: fix)
        return isServed ? .failed(problem) : .warning(problem)
    }
}
