import Certs

/// What `certs install` did, for people and for programs.
struct InstallationReport: Encodable {
    enum Outcome: String, Encodable {
        /// Served now.
        case installed
        /// Was served already.
        case unchanged
        /// Nothing runs; the next start serves it.
        case staged
        /// What `--dry-run` found out.
        case planned
    }

    var schema = 1
    var outcome: Outcome
    var certificate: String
    var names: [String]
    /// RFC 3339.
    var notAfter: String
    var fingerprint: String
    /// The generation that nginx runs with; nil where nothing runs.
    var generation: Int?
    /// The one before, which is kept.
    var previousGeneration: Int?

    init(_ outcome: Outcome, _ source: InstallationSource) {
        let report = CertificateInspection.inspect(
            certificatePEM: source.pair.certificatePEM, keyPEM: source.pair.keyPEM, host: "", now: 0)
        self.outcome = outcome
        certificate = source.place
        names = report.names
        notAfter = Clock.text(report.notAfter)
        fingerprint = report.fingerprint
    }

    func json() throws -> String { try JSONText.encode(self) }

    var text: String {
        let what = "\(names.joined(separator: ", ")), valid until \(notAfter)"
        return switch outcome {
        case .installed:
            "nginx now serves the certificate for \(what) (generation \(generation ?? 0); generation "
                + "\(previousGeneration ?? 0) keeps the one before)."
        case .unchanged: "nginx already serves the certificate for \(what); nothing was changed."
        case .staged: "The certificate for \(what) is in its place; careinit up will serve it, nothing runs now."
        case .planned: "The certificate for \(what) would be installed; nothing was changed."
        }
    }
}
