import Certs
import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// What is to be done about the certificate.
enum CertificateAction: Sendable, Equatable {
    case keep(CertificateSettings)
    /// Make a self-signed pair; `reason` says why, such as `the first one`.
    case make(CertificateSettings, reason: String)
    /// The operator has to do something before the stack can start.
    case unusable(CertificateSettings, problems: [String])
    /// TLS_MODE or APP_URL are wrong, which is said elsewhere.
    case unknown
}

/// Decides about the certificate and makes it. Only a pair that careinit may have made itself is ever replaced.
struct CertificateStep {
    /// Seconds since 1970.
    var now: Int64
    /// The longest that browsers accept.
    private static let days = 397

    func action(for settings: CertificateSettings?) throws(CommandFailure) -> CertificateAction {
        guard let settings else { return .unknown }
        let certificate = try InputFile.read(settings.certificatePath)
        let key = try InputFile.read(settings.keyPath)
        guard settings.mode == .selfSigned else {
            return check(settings, certificate: certificate, key: key)
        }
        guard let certificate else {
            if key != nil { return .unusable(settings, problems: [Self.loneKey(settings)]) }
            return .make(settings, reason: "the first one")
        }
        return selfSigned(settings, certificate: certificate, key: key)
    }

    private func selfSigned(
        _ settings: CertificateSettings, certificate: InputFile, key: InputFile?
    ) -> CertificateAction {
        let report = inspect(settings, certificate: certificate, key: key)
        if !report.isSelfSigned {
            let reason =
                "an authority signed \(settings.certificatePath), and TLS_MODE=self-signed is for one that signs itself: "
                + "careinit provision --set TLS_MODE=files keeps it; moved away, it is replaced by a self-signed one"
            return .unusable(settings, problems: [reason])
        }
        guard key != nil else { return .make(settings, reason: "its key is missing") }
        guard let problem = report.problems.first else { return .keep(settings) }
        return .make(settings, reason: problem.reason)
    }

    /// A pair that somebody else keeps: only looked at.
    private func check(
        _ settings: CertificateSettings, certificate: InputFile?, key: InputFile?
    ) -> CertificateAction {
        var problems: [String] = []
        if certificate == nil { problems.append("there is no certificate \(settings.certificatePath)") }
        if key == nil { problems.append("there is no key \(settings.keyPath)") }
        guard let certificate, let key else {
            if settings.mode == .letsencrypt {
                problems.append("to get them: careinit certs issue")
            }
            return .unusable(settings, problems: problems)
        }
        let report =
            settings.mode == .letsencrypt
            ? CertificateFolder(root: settings.letsencryptFolder, name: settings.host, reader: .files)
                .inspect(host: settings.host, now: now)
            : inspect(settings, certificate: certificate, key: key)
        if report.isUsable { return .keep(settings) }
        let errors = report.problems.filter { $0.severity == .error }
        return .unusable(settings, problems: errors.map { "\($0.reason): \($0.fix)" })
    }

    private func inspect(
        _ settings: CertificateSettings, certificate: InputFile, key: InputFile?
    ) -> CertificateReport {
        CertificateInspection.inspect(
            certificatePEM: certificate.bytes, keyPEM: key?.bytes ?? [], host: settings.host, now: now)
    }

    private static func loneKey(_ settings: CertificateSettings) -> String {
        "\(settings.keyPath) is there, but its certificate \(settings.certificatePath) is not: move the key away"
    }

    /// Makes the pair and writes it: the certificate first, so that an interruption leaves one without a key, which the
    /// next run replaces.
    func make(_ settings: CertificateSettings) throws(CommandFailure) {
        let pair: CertificatePair
        do {
            pair = try SelfSigned.make(
                names: settings.names, organization: settings.organization, now: now, days: Self.days)
        } catch {
            throw CommandFailure(
                .failure, "the self-signed certificate could not be made", place: settings.certificatePath,
                why: String(describing: error))
        }
        for folder in Set([settings.certificatePath.parentPath, settings.keyPath.parentPath]) {
            try OutputFile.makeFolder(folder)
        }
        try OutputFile.write(pair.certificatePEM, to: settings.certificatePath, mode: 0o644)
        try OutputFile.write(pair.keyPEM, to: settings.keyPath, mode: 0o600)
    }
}

extension CertificateFolder.Reader {
    /// The real files.
    static let files = Self(
        bytes: { FileSystem.read($0) }, link: { FileSystem.linkTarget($0) }, names: { FileSystem.names(in: $0) },
        mode: { FileSystem.status($0).map { $0.st_mode & 0o7777 } })
}
