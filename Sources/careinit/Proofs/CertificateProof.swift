import Certs

/// The certificate that nginx is to show, as `careinit certs check` looks at it.
struct CertificateProof {
    var settings: CertificateSettings
    /// Trusted authorities in PEM; nil where the system has none.
    var anchors: [UInt8]?
    /// Seconds since 1970.
    var now: Int64

    func run(_ log: inout ProofLog) throws(ProofStop) {
        if settings.mode == .selfSigned, !FileSystem.exists(settings.certificatePath) {
            throw .skipped("careinit makes it when it writes the .env")
        }
        let report: CertificateCheckReport
        do throws(CommandFailure) {
            report = try CertificateCheck(
                target: .configured(settings, hosts: []), server: nil, anchors: anchors, now: now
            ).run()
        } catch {
            throw .failed("file", error.what, fix: error.fix ?? "careinit certs check")
        }
        let errors = report.findings.filter { $0.problem.severity == .error }
        if let first = errors.first { throw .failed(Self.problem(first, of: errors.count)) }
        try log.passed("certificate", report.certificate.map(Self.words) ?? settings.certificatePath)
        if let first = report.findings.first { throw .warning(Self.problem(first, of: report.findings.count)) }
    }

    private static func problem(_ finding: CertificateCheckReport.Finding, of count: Int) -> ProofProblem {
        let more = count > 1 ? ", and \(count - 1) more: careinit certs check" : ""
        return ProofProblem(
            layer: finding.problem.code.point.title, reason: "\(finding.place): \(finding.problem.reason)\(more)",
            fix: finding.problem.fix)
    }

    /// Such as `for mail.example until 2027-02-01T00:00:00Z`.
    static func words(_ report: CertificateReport) -> String {
        "for \(report.names.prefix(3).joined(separator: ", ")) until \(Clock.text(report.notAfter))"
    }
}
