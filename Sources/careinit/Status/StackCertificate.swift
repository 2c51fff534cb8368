import Certs
import Transport

/// The certificate of a stack: the one that nginx shows, or where nobody answers, the one that it would show.
struct StackCertificate: Sendable, Equatable {
    enum Source: String, Sendable {
        /// nginx was asked over TLS.
        case served
        /// It lies in the generation in force.
        case disk
    }

    var source: Source
    /// DNS names and IP addresses.
    var names: [String]
    var lifetime: CertificateLifetime
    /// SHA-256 of the certificate, 64 hexadecimal digits.
    var fingerprint: String
    /// What is to be done; nil where it is good.
    var fix: String?

    /// A browser takes it today, as far as its dates go.
    func isInForce(at now: Int64) -> Bool { [.good, .due].contains(lifetime.state(at: now)) }

    /// - Parameters:
    ///   - project: Whose generation and `.env` count.
    ///   - nginx: Its plan, where it runs; nil where nobody is to be asked.
    ///   - now: Seconds since 1970.
    /// - Returns: nil where there is no certificate that can be read.
    static func read(project: Project, nginx: ServicePlan?, now: Int64) -> StackCertificate? {
        if let nginx, let chain = served(by: nginx), var certificate = Self(chain, source: .served) {
            certificate.fix = certificate.fix(project, now: now)
            return certificate
        }
        let path = "\(project.stateDirectory)/generations/current/nginx/fullchain.pem"
        guard let chain = FileSystem.read(path), var certificate = Self(chain, source: .disk) else { return nil }
        certificate.fix = certificate.fix(project, now: now)
        return certificate
    }

    private static func served(by nginx: ServicePlan) -> [UInt8]? {
        guard case .https(let address, let port, _, let name, _) = nginx.health else { return nil }
        return try? ServedCertificates.read(
            from: .tcp(host: address, port: port), serverName: name, timeout: HealthProbe.timeout)
    }

    private init?(_ chain: [UInt8], source: Source) {
        let report = CertificateInspection.inspect(certificatePEM: chain, keyPEM: [], host: "", now: 0)
        guard !report.fingerprint.isEmpty else { return nil }
        self.source = source
        names = report.names
        lifetime = CertificateLifetime(notBefore: report.notBefore, notAfter: report.notAfter)
        fingerprint = report.fingerprint
    }

    init(source: Source, names: [String], lifetime: CertificateLifetime, fingerprint: String, fix: String? = nil) {
        self.source = source
        self.names = names
        self.lifetime = lifetime
        self.fingerprint = fingerprint
        self.fix = fix
    }

    /// By where the `.env` takes its certificate from; one that lies there and is good has only to be installed.
    private func fix(_ project: Project, now: Int64) -> String? {
        switch lifetime.state(at: now) {
        case .good: return nil
        case .notYetValid: return "set the machine's clock right: timedatectl status shows it"
        case .due, .expired: break
        }
        let settings = (try? CertificateProject.settings(project.environmentFile)) ?? nil
        if let path = settings?.certificatePath, let bytes = FileSystem.read(path),
            let next = CertificateLifetime(certificatePEM: bytes), next.state(at: now) == .good
        {
            return "careinit certs install puts the one in \(path) to work, which is good until "
                + Clock.text(next.notAfter)
        }
        return CertificateRemedy.renewal(settings?.mode)
    }
}
