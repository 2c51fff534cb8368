/// The secrets that only careinit and its services know: made once, kept in the state folder, never asked for.
struct InternalSecrets: Sendable, Equatable {
    /// The password of PostgreSQL's superuser `postgres`.
    var superuserPassword: String
    var rewindPassword: String
    var monitorPassword: String
    var patroniPassword: String
    /// The password of Redis' administrator `careinit`.
    var redisPassword: String
    /// 64 hexadecimal digits, for SCRAM verifiers and fingerprints.
    var salt: String
    var etcd: EtcdCertificates

    struct EtcdCertificates: Sendable, Equatable {
        var authority: [UInt8]
        var server: [UInt8]
        var serverKey: [UInt8]
        var client: [UInt8]
        var clientKey: [UInt8]
    }
}

/// The certificate and key that nginx serves, as they were read.
struct ServerCertificate: Sendable, Equatable {
    var chainPEM: [UInt8]
    var keyPEM: [UInt8]
    /// Whether clients trust it without being told to: false for one that careinit made itself.
    var isPubliclyTrusted: Bool
}
