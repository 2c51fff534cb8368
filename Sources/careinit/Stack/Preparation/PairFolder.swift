import Certs
import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// Certificates and their keys in the folder of the stack's own secrets. One file holds both, so that they never part.
struct PairFolder {
    let folder: String
    /// What the names of all files begin with, such as `etcd-`.
    let prefix: String

    func path(_ name: String) -> String { "\(folder)/\(prefix)\(name).pem" }

    /// nil where there is none.
    func read(_ name: String) -> CertificatePair? {
        guard let bytes = FileSystem.read(path(name)) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let start = text.firstRange(of: "-----BEGIN CERTIFICATE-----")?.lowerBound else { return nil }
        return CertificatePair(certificatePEM: Array(text[start...].utf8), keyPEM: Array(text[..<start].utf8))
    }

    func write(_ pair: CertificatePair, as name: String) throws(FileError) {
        try AtomicFile.write(pair.keyPEM + pair.certificatePEM, to: path(name))
    }

    /// Removes every file but these.
    func remove(allBut names: Set<String>) throws(CommandFailure) {
        let kept = Set(names.map { "\(prefix)\($0).pem" })
        let pairs = FileSystem.names(in: folder).filter { $0.hasPrefix(prefix) && $0.hasSuffix(".pem") }
        for name in pairs where !kept.contains(name) {
            let path = "\(folder)/\(name)"
            guard unlink(path) == 0 || errno == ENOENT else {
                throw CommandFailure(
                    .cannotCreate, "The certificates of before cannot be removed", place: path,
                    why: SystemError.last("unlink", path).reason, fix: "remove that file")
            }
        }
    }
}
