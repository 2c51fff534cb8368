/// The secrets that only careinit and its services know: made once, kept in the state folder, never asked for.
struct InternalSecrets: Sendable, Equatable {
    /// The role of PostgreSQL that `monitorPassword` belongs to: one of two, of which a rotation makes the other active.
    var monitorLogin: String
    var monitorPassword: String
    var patroniPassword: String
    /// The password of Redis' administrator `careinit`.
    var redisPassword: String
    /// 64 hexadecimal digits, for SCRAM verifiers and fingerprints.
    var salt: String
    var etcd: EtcdCertificates

    struct EtcdCertificates: Sendable, Equatable {
        /// In PEM: who may have signed a certificate that is good. While a rotation moves to another authority, both.
        var authorities: [UInt8]
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
