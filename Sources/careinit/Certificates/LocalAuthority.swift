import Certs

/// The authority that signs what `certs create` makes: two files in the state folder, its key for nobody else to read.
struct LocalAuthority {
    var folder: String

    var certificatePath: String { "\(folder)/ca.pem" }
    private var keyPath: String { "\(folder)/ca-key.pem" }

    /// Beside the `.env`, so that root finds the same one as its user.
    static func beside(environmentFile path: String) -> LocalAuthority {
        let folder = FileSystem.realPath(path.parentPath) ?? path.parentPath
        return LocalAuthority(folder: "\(folder)/.careinit/authority")
    }

    /// nil where there is none yet.
    ///
    /// - Throws: exit code 65 where its files are not an authority, 77 where they may not be read.
    func load() throws(CommandFailure) -> CertificateAuthority? {
        let certificate = try InputFile.read(certificatePath)
        let key = try InputFile.read(keyPath)
        if certificate == nil && key == nil { return nil }
        do {
            return try CertificateAuthority(
                pair: CertificatePair(certificatePEM: certificate?.bytes ?? [], keyPEM: key?.bytes ?? []),
                organization: Self.organisation)
        } catch {
            throw CommandFailure(
                .invalidData, "The local authority cannot be used", place: folder,
                why: "ca.pem and ca-key.pem are not an authority's certificate and its key",
                fix:
                    "move the folder away; careinit certs create makes a new authority, which has to be trusted anew"
            )
        }
    }

    /// The one that is there, or a new one.
    func loadOrMake(now: Int64) throws(CommandFailure) -> (authority: CertificateAuthority, isNew: Bool) {
        if let authority = try load() { return (authority, false) }
        let authority: CertificateAuthority
        do {
            authority = try CertificateAuthority.make(organization: Self.organisation, now: now)
        } catch {
            throw CommandFailure(.failure, "the local authority could not be made", why: String(describing: error))
        }
        do {
            // Others may pass through the state folder, as its own services do, and not look into this one.
            try FileSystem.makeFolder(folder.parentPath, mode: 0o711)
            try FileSystem.makeFolder(folder, mode: 0o700)
        } catch {
            throw CommandFailure(.cannotCreate, "\(folder) could not be made", why: error.reason)
        }
        try OutputFile.write(authority.pair.keyPEM, to: keyPath, mode: 0o600)
        try OutputFile.write(authority.pair.certificatePEM, to: certificatePath, mode: 0o644)
        return (authority, true)
    }

    private static let organisation = "careinit"
}
