import Certs
import Secrets

/// Another key and certificate of nginx in the place of the present ones: in the files that the `.env` names, and at work.
struct ServerKeyChange {
    let project: Project
    let settings: CertificateSettings

    init(project: Project) throws(CommandFailure) {
        self.project = project
        guard let settings = try CertificateProject.settings(project.environmentFile) else {
            throw CommandFailure(
                .missingInput, "The settings name no certificate", place: project.environmentFile,
                fix: "careinit check \(project.environmentFile)")
        }
        self.settings = settings
    }

    private var files: PairFiles {
        PairFiles(certificatePath: settings.certificatePath, keyPath: settings.keyPath)
    }

    /// The two pairs of a rotation, by the names that its values are.
    static func stash(_ project: Project) -> PairFolder {
        PairFolder(folder: "\(project.stateDirectory)/secrets", prefix: "tls-")
    }

    // MARK: - Making one

    /// Of what lies there; changes nothing.
    ///
    /// - Throws: exit code 78 for a certificate that somebody else has to make, 66 where there is none.
    func renewal() throws(CommandFailure) -> ServerKeyRenewal {
        try ServerKeyRenewal.requireOwn(settings)
        return try renewal(of: try stored())
    }

    func renewal(of pair: CertificatePair) throws(CommandFailure) -> ServerKeyRenewal {
        let authority = LocalAuthority.beside(environmentFile: project.environmentFile)
        let renewal = try ServerKeyRenewal(
            of: pair.certificatePEM, settings: settings, authority: try authority.load())
        try files.requireReplaceable()
        return renewal
    }

    /// What lies where the `.env` says, once what a killed run had begun is finished or forgotten. The caller holds the project's
    /// lock.
    func present() throws(CommandFailure) -> CertificatePair {
        try files.recover()
        return try stored()
    }

    private func stored() throws(CommandFailure) -> CertificatePair {
        CertificatePair(
            certificatePEM: try CertificateOptions.file(settings.certificatePath),
            keyPEM: try CertificateOptions.file(settings.keyPath))
    }

    /// - Throws: exit code 78 for a pair that nobody would take for the stack's host.
    func require(_ pair: CertificatePair, now: Int64) throws(CommandFailure) {
        try InstallationSource.require(pair, from: settings.certificatePath, settings: settings, now: now)
    }

    // MARK: - Putting it to work

    func isAtWork(_ pair: CertificatePair) -> Bool { files.pair == pair && difference(from: pair) == nil }

    /// What nginx shows instead; nil where it shows this one, or does not run.
    func difference(from pair: CertificatePair) -> String? {
        let nginx = AppliedPlan.load(project)?.services.first { $0.name == "nginx" }
        guard project.runtime.isUp, let nginx, let served = ServedReadBack(nginx) else { return nil }
        return served.difference(from: pair.certificatePEM)
    }

    /// - Parameters:
    ///   - pair: The one that is to stay.
    ///   - other: The one that may be there; nil for whatever is.
    ///   - timeout: How long nginx may take to serve it.
    ///   - now: Unix seconds.
    /// - Throws: exit code 65 where somebody else has changed it meanwhile, else as `CertificateInstallation`.
    func install(
        _ pair: CertificatePair, inPlaceOf other: CertificatePair?, timeout: Duration, now: Int64
    ) throws(CommandFailure) {
        let present = try present()
        guard present == pair || other == nil || present == other else { throw conflict }
        let source = InstallationSource(pair: pair, place: settings.certificatePath, destination: files)
        _ = try CertificateInstallation(
            project: project, runtime: project.runtime, source: source, timeout: timeout
        ).run()
        try ChangeLog.published(
            [
                AuditLog.Subject(
                    name: RotatableSecret.serverKey, before: SecretBytes((other ?? present).keyPEM),
                    after: SecretBytes(pair.keyPEM))
            ], secrets: [RotatableSecret.serverKey], in: settings.keyPath, project: project, now: now)
    }

    /// Where nothing runs: only the files change.
    func replace(timeout: Duration, now: Int64) throws(CommandFailure) {
        let pair = try renewal().make(now: now)
        try require(pair, now: now)
        try install(pair, inPlaceOf: nil, timeout: timeout, now: now)
    }

    private var conflict: CommandFailure {
        CommandFailure(
            .invalidData, "\(RotatableSecret.serverKey) was changed by somebody else meanwhile",
            place: settings.keyPath, why: "it is neither the old nor the new one",
            fix: "put the old pair back, which \(Self.stash(project).path("*")) keep, "
                + "then careinit rotate-secrets --resume, or --rollback")
    }
}
