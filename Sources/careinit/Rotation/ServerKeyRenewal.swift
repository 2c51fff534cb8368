import Certs

/// How another key and certificate are made in the place of nginx' present ones: for the same names, of the same kind of key,
/// signed by the same signer. Only careinit's own can be made again.
struct ServerKeyRenewal {
    var names: [String]
    var keyType: KeyType
    var organization: String
    /// nil: it signs itself.
    var authority: CertificateAuthority?

    /// - Parameters:
    ///   - certificatePEM: What nginx serves now.
    ///   - settings: What the `.env` says of it.
    ///   - authority: The local one; nil where there is none.
    /// - Throws: exit code 78 for a certificate that somebody else has to make.
    init(
        of certificatePEM: [UInt8], settings: CertificateSettings, authority: CertificateAuthority?
    ) throws(CommandFailure) {
        try Self.requireOwn(settings)
        let report = CertificateInspection.inspect(
            certificatePEM: certificatePEM, keyPEM: [], host: settings.host, now: 0)
        let isLocal = authority.map { Self.isSigned(certificatePEM, report, by: $0) } ?? false
        guard report.isSelfSigned || isLocal else { throw Self.strangers(settings.certificatePath, report.issuer) }
        guard let keyType = KeyType(certificatePEM: certificatePEM), !report.names.isEmpty,
            report.names.allSatisfy({ CertificateName($0) != nil })
        else { throw Self.unknown(settings.certificatePath) }
        (self.keyType, names) = (keyType, report.names)
        organization = settings.organization.isEmpty ? "careinit" : settings.organization
        self.authority = report.isSelfSigned ? nil : authority
    }

    /// Whether the authority signed it, when it did: it may have expired since.
    private static func isSigned(
        _ certificatePEM: [UInt8], _ report: CertificateReport, by authority: CertificateAuthority
    ) -> Bool {
        let checked = CertificateInspection.inspect(
            certificatePEM: certificatePEM, keyPEM: [], host: "", now: report.notBefore,
            anchorsPEM: authority.pair.certificatePEM)
        return !checked.problems.contains { $0.code == .untrusted }
    }

    /// - Parameter now: Unix seconds.
    /// - Returns: A pair with a new key.
    /// - Throws: exit code 1 where the authority ends too soon.
    func make(now: Int64) throws(CommandFailure) -> CertificatePair {
        let longest = CertificateRequest.longestLife(from: now)
        do {
            guard let authority else {
                return try SelfSigned.make(
                    names: names, organization: organization, now: now, days: longest, keyType: keyType)
            }
            // No certificate outlives who signed it.
            let days = min(longest, Int((authority.notAfter - now) / 86_400))
            return try authority.issue(names: names, now: now, days: days, keyType: keyType)
        } catch {
            throw CommandFailure(
                .failure, "The new certificate could not be made", why: String(describing: error),
                fix: "careinit certs check says what is wrong with the present one")
        }
    }

    // MARK: - Refusals

    /// - Throws: exit code 78 where certbot makes the keys.
    static func requireOwn(_ settings: CertificateSettings) throws(CommandFailure) {
        guard settings.mode == .letsencrypt else { return }
        throw CommandFailure(
            .configuration, "\(RotatableSecret.serverKey) is certbot's, which alone makes a new one",
            place: "TLS_MODE", why: "with TLS_MODE=letsencrypt the certificate is Let's Encrypt's",
            fix: "certbot renew --force-renewal makes a new key, which its deploy hook puts to work "
                + "(careinit certs install); careinit certs issue --force-renewal does the same")
    }

    private static func strangers(_ path: String, _ issuer: String) -> CommandFailure {
        CommandFailure(
            .configuration, "A new \(RotatableSecret.serverKey) needs a certificate of somebody else's",
            place: path,
            why: "it is signed by \(issuer.isEmpty ? "nobody who is known" : issuer)",
            fix: "get a new key and certificate from there, then careinit certs install --from DIR")
    }

    private static func unknown(_ path: String) -> CommandFailure {
        CommandFailure(
            .configuration, "careinit does not make certificates of this kind", place: path,
            why: "its names or its kind of key are not among those of careinit certs create",
            fix: "make a new pair as this one was made, then careinit certs install --from DIR")
    }
}
