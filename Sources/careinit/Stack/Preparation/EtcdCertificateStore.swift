import Certs
import Secrets

/// An authority of etcd's and the certificates that it signed, in the state folder. The authority is made once, and another one
/// by a rotation; certificates are made again when they come near their end.
struct EtcdCertificateStore {
    let folder: String
    /// The authority's name, which all its files have.
    var authority: String
    /// Where etcd is reached besides loopback.
    var address: String?

    private static let organisation = "careinit"
    private static let names = ["localhost", "127.0.0.1", "::1"]
    private static let days = 397
    /// A stack that is started again at least this often never meets an expired certificate.
    private static let renewalDays: Int64 = 90

    /// - Parameters:
    ///   - now: Unix seconds.
    ///   - others: Authorities that may have signed a good certificate, too; those that are not there are left out.
    /// - Returns: All that etcd and its clients need.
    /// - Throws: exit code 73 where a new certificate cannot be made or written.
    func load(
        now: Int64, trusting others: [String] = []
    ) throws(CommandFailure) -> InternalSecrets.EtcdCertificates {
        do {
            let own = try ownAuthority(now: now)
            let server = try leaf("server", own, now: now)
            let client = try leaf("client", own, now: now)
            let more = others.compactMap { read("ca", of: $0)?.certificatePEM }
            return .init(
                authorities: own.pair.certificatePEM + more.flatMap(\.self), server: server.certificatePEM,
                serverKey: server.keyPEM, client: client.certificatePEM, clientKey: client.keyPEM)
        } catch { throw InternalSecretsStore.failure(error, path: folder) }
    }

    /// Whether the authority was made, and its certificates after it.
    var isMade: Bool { read("client", of: authority) != nil }

    /// Removes the files of every authority but these.
    func remove(allBut names: Set<String>) throws(CommandFailure) {
        try files.remove(allBut: Set(names.flatMap { name in Self.parts.map { Self.file($0, of: name) } }))
    }

    private func ownAuthority(now: Int64) throws -> CertificateAuthority {
        if let pair = read("ca", of: authority) {
            return try CertificateAuthority(pair: pair, organization: Self.organisation)
        }
        let made = try CertificateAuthority.make(organization: Self.organisation, now: now)
        try write(made.pair, "ca")
        return made
    }

    private func leaf(_ name: String, _ authority: CertificateAuthority, now: Int64) throws -> CertificatePair {
        if let pair = read(name, of: self.authority), isGood(pair, authority, now: now) { return pair }
        // etcd's gateway uses the server's certificate as a client, too.
        let pair = try authority.issue(
            names: Self.names + [address].compactMap(\.self), usages: [.serverAuth, .clientAuth], now: now,
            days: Self.days)
        try write(pair, name)
        return pair
    }

    private func isGood(_ pair: CertificatePair, _ authority: CertificateAuthority, now: Int64) -> Bool {
        let report = CertificateInspection.inspect(
            certificatePEM: pair.certificatePEM, keyPEM: pair.keyPEM, host: address ?? "localhost", now: now,
            anchorsPEM: authority.pair.certificatePEM)
        return report.isUsable && report.notAfter > now + Self.renewalDays * 86_400
    }

    // MARK: - Files

    private static let parts = ["ca", "server", "client"]
    private var files: PairFolder { PairFolder(folder: folder, prefix: "etcd-") }

    private static func file(_ part: String, of authority: String) -> String { "\(part)-\(authority)" }

    private func read(_ part: String, of authority: String) -> CertificatePair? {
        files.read(Self.file(part, of: authority))
    }

    private func write(_ pair: CertificatePair, _ part: String) throws(FileError) {
        try files.write(pair, as: Self.file(part, of: authority))
    }
}
