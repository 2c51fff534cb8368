import Certs

/// The pair that `certs install` is to put to work, and where the `.env` expects it.
struct InstallationSource {
    var pair: CertificatePair
    /// Of the certificate, for messages.
    var place: String
    /// Where the pair has to be copied, so that the next `up` takes it too; nil where it was read from there.
    var destination: PairFiles?

    /// - Throws: exit code 64 for options that contradict each other, 66 for files that are missing, 78 for a pair that
    ///   the `.env`'s TLS_MODE does not allow.
    static func read(
        _ invocation: Invocation, settings: CertificateSettings, now: Int64
    ) throws(CommandFailure) -> InstallationSource {
        let configured = PairFiles(certificatePath: settings.certificatePath, keyPath: settings.keyPath)
        if settings.mode != .letsencrypt { try configured.recover() }
        let named = try named(invocation) ?? configured
        let pair = CertificatePair(
            certificatePEM: try CertificateOptions.file(named.certificatePath),
            keyPEM: try CertificateOptions.file(named.keyPath))
        try require(pair, from: named.certificatePath, settings: settings, now: now)
        guard named.absolute != configured.absolute else {
            return Self(pair: pair, place: named.certificatePath)
        }
        try requireCopy(pair, settings: settings)
        return Self(pair: pair, place: named.certificatePath, destination: configured)
    }

    /// `--from DIR`, or `--cert FILE --key FILE`; nil where neither was given.
    private static func named(_ invocation: Invocation) throws(CommandFailure) -> PairFiles? {
        switch (invocation.value("--from"), invocation.value("--cert"), invocation.value("--key")) {
        case (nil, nil, nil): return nil
        case (let folder?, nil, nil):
            return PairFiles(certificatePath: "\(folder)/fullchain.pem", keyPath: "\(folder)/privkey.pem")
        case (nil, let certificate?, let key?): return PairFiles(certificatePath: certificate, keyPath: key)
        default:
            throw CommandFailure(
                .usage, "which pair is meant is not clear", place: "careinit certs install",
                fix:
                    "--from DIR, or --cert fullchain.pem --key privkey.pem, or neither for the pair that .env names"
            )
        }
    }

    /// - Throws: exit code 78 for a pair that nobody would take for that host.
    static func require(
        _ pair: CertificatePair, from place: String, settings: CertificateSettings, now: Int64
    ) throws(CommandFailure) {
        let report = CertificateInspection.inspect(
            certificatePEM: pair.certificatePEM, keyPEM: pair.keyPEM, host: settings.host, now: now)
        if report.isUsable { return }
        let errors = report.problems.filter { $0.severity == .error }
        throw CommandFailure(
            .configuration, "The certificate will not do for \(settings.host); nothing was changed", place: place,
            why: errors.map(\.reason).joined(separator: "; "), fix: errors.first?.fix)
    }

    /// What lies where the `.env` expects the pair must be what its TLS_MODE says.
    private static func requireCopy(
        _ pair: CertificatePair, settings: CertificateSettings
    ) throws(CommandFailure) {
        let report = CertificateInspection.inspect(
            certificatePEM: pair.certificatePEM, keyPEM: pair.keyPEM, host: settings.host, now: 0)
        if settings.mode == .files || settings.mode == .selfSigned && report.isSelfSigned { return }
        let why =
            settings.mode == .letsencrypt
            ? "with TLS_MODE=letsencrypt certbot alone writes \(settings.letsencryptFolder)"
            : "with TLS_MODE=self-signed careinit makes the certificate itself, and this one is signed by another"
        throw CommandFailure(
            .configuration, "This pair cannot take the place of the one that .env names", why: why,
            fix: "careinit provision --set TLS_MODE=files, then the same command again")
    }
}

extension PairFiles {
    /// Without symbolic links, as far as the files exist.
    fileprivate var absolute: PairFiles {
        PairFiles(
            certificatePath: FileSystem.realPath(certificatePath) ?? certificatePath,
            keyPath: FileSystem.realPath(keyPath) ?? keyPath)
    }
}
