import Certs

#if canImport(Glibc)
    import Glibc
#endif

/// Reads the pair that nginx is to serve, and refuses one that browsers would refuse.
struct ServerCertificateReader {
    var settings: StackSettings
    /// Relative paths of the `.env` start here.
    var folder: String
    /// Unix seconds.
    var now: Int64

    func read() throws(CommandFailure) -> ServerCertificate {
        let (certificate, key) = paths
        if !isPublic { try PairFiles(certificatePath: certificate, keyPath: key).recover() }
        guard let chain = FileSystem.read(certificate) else { throw missing(certificate) }
        guard let keyBytes = FileSystem.read(key) else { throw missing(key) }
        let report = inspect(chain, keyBytes)
        guard report.isUsable else { throw refusal(report, certificate) }
        return ServerCertificate(chainPEM: chain, keyPEM: keyBytes, isPubliclyTrusted: isPublic)
    }

    private var paths: (certificate: String, key: String) {
        switch settings.web.certificate {
        case .selfSigned(let certificate, let key), .files(let certificate, let key):
            return (absolute(certificate), absolute(key))
        case .letsEncrypt(let root):
            let live = "\(absolute(root))/live/\(settings.application.host)"
            return ("\(live)/fullchain.pem", "\(live)/privkey.pem")
        }
    }

    private func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }

    private var isPublic: Bool {
        if case .letsEncrypt = settings.web.certificate { return true }
        return false
    }

    private func inspect(_ chain: [UInt8], _ key: [UInt8]) -> CertificateReport {
        let host = settings.application.host
        if case .letsEncrypt(let root) = settings.web.certificate {
            return CertificateFolder(root: absolute(root), name: host, reader: .files).inspect(
                host: host, now: now)
        }
        return CertificateInspection.inspect(certificatePEM: chain, keyPEM: key, host: host, now: now)
    }

    private func missing(_ path: String) -> CommandFailure {
        let error = SystemError.last("open", path)
        let fix =
            switch settings.web.certificate {
            case .letsEncrypt where error.code == EACCES:
                "run careinit as root, as certbot is, or set LETSENCRYPT_DIR to a folder of yours"
            case .selfSigned: "careinit provision makes a self-signed pair"
            case .files: "put the pair there, or name it in TLS_CERT_PATH and TLS_KEY_PATH"
            case .letsEncrypt: "careinit certs issue gets one from Let's Encrypt"
            }
        return CommandFailure(
            .missingInput, "The certificate or its key cannot be read", place: path,
            why: error.reason, fix: fix)
    }

    private func refusal(_ report: CertificateReport, _ path: String) -> CommandFailure {
        let errors = report.problems.filter { $0.severity == .error }
        return CommandFailure(
            .configuration, "The certificate will not do for \(settings.application.host)", place: path,
            why: errors.map(\.reason).joined(separator: "; "), fix: errors.first?.fix)
    }
}
