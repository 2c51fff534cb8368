import Certs
import Secrets

/// What `certs create` was asked for.
struct CertificateRequest {
    var names: [String]
    var organization: String
    var folder: String
    var keyType: KeyType
    /// nil: as long as a public authority may let one live.
    var days: Int?
    var replaces: Bool
    /// nil: it signs itself.
    var authority: LocalAuthority?
    /// What the `.env` expects instead of such a certificate; nil where this one will do.
    private var otherMode: CertificateSettings.Mode?
    private var environment: String

    /// - Throws: exit code 64 for options that cannot be met.
    init(_ invocation: Invocation) throws(CommandFailure) {
        environment = invocation.value("--env-file") ?? ".env"
        let settings = try CertificateProject.settings(environment)
        names = (settings?.names ?? []) + (try Self.names(invocation.values["--name"] ?? []))
        organization = settings.map(\.organization).flatMap { $0.isEmpty ? nil : $0 } ?? "careinit"
        let parent = environment.parentPath
        folder = invocation.value("--output") ?? (parent == "." ? "certs" : "\(parent)/certs")
        keyType = try Self.keyType(invocation)
        days = try Self.days(invocation)
        replaces = invocation.has("--force")
        authority = invocation.has("--self-signed") ? nil : .beside(environmentFile: environment)
        let fitting: [CertificateSettings.Mode] = authority == nil ? [.files, .selfSigned] : [.files]
        otherMode = settings.map(\.mode).flatMap { fitting.contains($0) ? nil : $0 }
        if names.isEmpty {
            throw CommandFailure(
                .usage, "there is no name to make a certificate for",
                why: "no --name was given, and there is no \(environment) with an APP_URL",
                fix: "careinit certs create --name HOST")
        }
    }

    private var certificatePath: String { "\(folder)/fullchain.pem" }
    private var keyPath: String { "\(folder)/privkey.pem" }

    /// Makes and writes the two files.
    ///
    /// - Returns: What was done, a line each.
    func make(now: Int64) throws(CommandFailure) -> [String] {
        if !replaces, let there = [certificatePath, keyPath].first(where: FileSystem.exists) {
            throw CommandFailure(
                .cannotCreate, "\(there) is there already", why: "nothing is replaced unasked",
                fix: "--force replaces both files, --output DIR writes elsewhere")
        }
        let local = try authority.map { (store) throws(CommandFailure) in try store.loadOrMake(now: now) }
        let pair = try pair(signedBy: local?.authority, now: now)
        try OutputFile.makeFolder(folder)
        // The certificate first: an interruption leaves one whose key does not fit, which every check tells.
        try OutputFile.write(pair.certificatePEM, to: certificatePath, mode: 0o644)
        try OutputFile.write(pair.keyPEM, to: keyPath, mode: 0o600)
        try record(pair)
        return lines(isNewAuthority: local?.isNew ?? false)
    }

    private func record(_ pair: CertificatePair) throws(CommandFailure) {
        guard let project = try? StateDirectory.resolve(environmentFile: environment) else { return }
        let log = AuditLog(project)
        guard log.belongsToStack else { return }
        try log.append(
            action: .certificateMade,
            subjects: [
                .init(name: "certificate", before: nil, after: SecretBytes(pair.certificatePEM)),
                .init(name: "key", before: nil, after: SecretBytes(pair.keyPEM)),
            ], file: certificatePath, note: authority == nil ? "self-signed" : "signed by the local authority")
    }

    private func pair(
        signedBy signer: CertificateAuthority?, now: Int64
    ) throws(CommandFailure) -> CertificatePair {
        let life = days ?? Self.longestLife(from: now)
        if let signer, let authority, signer.notAfter < now + Int64(life) * 86_400 {
            throw CommandFailure(
                .failure, "The local authority ends before its certificate would", place: authority.folder,
                fix: "--days with a smaller number, or move its folder away to have a new one made")
        }
        do {
            guard let signer else {
                return try SelfSigned.make(
                    names: names, organization: organization, now: now, days: life, keyType: keyType)
            }
            return try signer.issue(names: names, now: now, days: life, keyType: keyType)
        } catch {
            throw Self.failure(error)
        }
    }

    /// How many days a public authority might let one live that is made now.
    static func longestLife(from now: Int64) -> Int { min(LifetimeLimit.days(issued: now - 300) ?? 397, 397) }

    private func lines(isNewAuthority: Bool) -> [String] {
        var lines = ["\(certificatePath): for \(names.joined(separator: ", "))", "\(keyPath): its key, mode 0600"]
        guard let authority else { return lines + hints }
        if isNewAuthority { lines.append("\(authority.certificatePath): a new local authority, which signed it") }
        lines.append("careinit certs trust lets this machine trust what \(authority.certificatePath) signed")
        return lines + hints
    }

    /// Without it, the next `provision` or `up` would refuse the pair, or never look at it.
    private var hints: [String] {
        guard let otherMode else { return [] }
        return [
            "the .env has TLS_MODE=\(otherMode.rawValue), which is not for such a pair:"
                + " careinit provision --set TLS_MODE=files lets the stack take it"
        ]
    }

    // MARK: - Reading the options

    private static func names(_ texts: [String]) throws(CommandFailure) -> [String] {
        var names: [String] = []
        for text in texts {
            guard let ascii = InternationalName.ascii(text), CertificateName(ascii) != nil else {
                throw failure(.badName(text))
            }
            names.append(ascii)
        }
        return names
    }

    private static func keyType(_ invocation: Invocation) throws(CommandFailure) -> KeyType {
        guard let text = invocation.value("--key-type") else { return .p256 }
        guard let type = KeyType(text) else {
            throw CommandFailure(
                .usage, "there is no key type \"\(text)\"", place: "--key-type",
                fix: "p256, p384, ed25519, or rsa2048 to rsa8192 in steps of 8")
        }
        return type
    }

    private static func days(_ invocation: Invocation) throws(CommandFailure) -> Int? {
        guard let text = invocation.value("--days") else { return nil }
        guard let days = Int(text), SelfSigned.lifetimes.contains(days) else {
            throw CommandFailure(
                .usage, "\"\(text)\" is not a number of days from 1 to \(SelfSigned.lifetimes.upperBound)",
                place: "--days", fix: "--days 90")
        }
        return days
    }

    private static func failure(_ error: CertificateError) -> CommandFailure {
        switch error {
        case .badName(let name):
            CommandFailure(
                .usage, "\"\(name)\" is neither a DNS name nor an address", place: "--name",
                why: "a wildcard stands as the whole first label; other scripts need their xn-- form where one of"
                    + " their letters has several spellings", fix: "--name care.example")
        case .noNames: CommandFailure(.usage, "there is no name", fix: "--name HOST")
        case .badLifetime(let days, let allowed):
            CommandFailure(
                .usage, "\(days) days are not allowed", place: "--days",
                fix: "--days \(allowed.lowerBound) to \(allowed.upperBound)")
        case .badOrganisation:
            CommandFailure(.invalidData, "APP_NAME cannot stand in a certificate", fix: "use 1 to 64 characters")
        case .badAuthority, .openSSL:
            CommandFailure(.failure, "the certificate could not be made", why: String(describing: error))
        }
    }
}
