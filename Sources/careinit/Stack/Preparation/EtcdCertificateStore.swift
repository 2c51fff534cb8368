import Certs
import Secrets

/// etcd's authority and the certificates that it signed, in the state folder. The authority is made once; certificates
/// are made again when they come near their end.
struct EtcdCertificateStore {
    let folder: String
    /// Where etcd is reached besides loopback.
    var address: String?

    private static let organisation = "careinit"
    private static let names = ["localhost", "127.0.0.1", "::1"]
    private static let days = 397
    /// A stack that is started again at least this often never meets an expired certificate.
    private static let renewalDays: Int64 = 90

    func load(now: Int64) throws(CommandFailure) -> InternalSecrets.EtcdCertificates {
        do {
            let authority = try authority(now: now)
            let server = try leaf("etcd-server", authority, now: now)
            let client = try leaf("etcd-client", authority, now: now)
            return .init(
                authority: authority.pair.certificatePEM, server: server.certificatePEM, serverKey: server.keyPEM,
                client: client.certificatePEM, clientKey: client.keyPEM)
        } catch { throw InternalSecretsStore.failure(error, path: folder) }
    }

    private func authority(now: Int64) throws -> CertificateAuthority {
        if let pair = read("etcd-ca") {
            return try CertificateAuthority(pair: pair, organization: Self.organisation)
        }
        let authority = try CertificateAuthority.make(organization: Self.organisation, now: now)
        try write(authority.pair, "etcd-ca")
        return authority
    }

    private func leaf(_ name: String, _ authority: CertificateAuthority, now: Int64) throws -> CertificatePair {
        if let pair = read(name), isGood(pair, authority, now: now) { return pair }
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

    // MARK: - One file holds a key and its certificate, so that they never part.

    private func path(_ name: String) -> String { "\(folder)/\(name).pem" }

    private func read(_ name: String) -> CertificatePair? {
        guard let bytes = FileSystem.read(path(name)) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let start = text.firstRange(of: "-----BEGIN CERTIFICATE-----")?.lowerBound else { return nil }
        return CertificatePair(certificatePEM: Array(text[start...].utf8), keyPEM: Array(text[..<start].utf8))
    }

    private func write(_ pair: CertificatePair, _ name: String) throws(FileError) {
        try AtomicFile.write(pair.keyPEM + pair.certificatePEM, to: path(name))
    }
}
