import Certs
import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// A certificate and its key at two paths, which change together although rename(2) moves one file at a time.
///
/// Both are first written whole beside their places; then the key moves, then the certificate. `recover` tells from what
/// is left how far a run came that was killed: it finishes the second move, or forgets that anything was begun.
struct PairFiles: Equatable {
    var certificatePath: String
    var keyPath: String

    private var nextCertificatePath: String { certificatePath + ".next" }
    private var nextKeyPath: String { keyPath + ".next" }

    /// What lies at the two paths; nil where one of them is missing or cannot be read.
    var pair: CertificatePair? {
        guard let certificate = FileSystem.read(certificatePath), let key = FileSystem.read(keyPath) else {
            return nil
        }
        return CertificatePair(certificatePEM: certificate, keyPEM: key)
    }

    /// Replaces both, or neither. Files that are there keep their mode and owner; new keys are for their owner alone.
    ///
    /// - Throws: exit code 73 or 77 where a folder cannot be written.
    func write(_ pair: CertificatePair) throws(CommandFailure) {
        try recover()
        for path in [certificatePath, keyPath] { try OutputFile.makeFolder(path.parentPath) }
        try stage(pair.certificatePEM, certificatePath, nextCertificatePath, mode: 0o644)
        try stage(pair.keyPEM, keyPath, nextKeyPath, mode: 0o600)
        try move(nextKeyPath, to: keyPath)
        try move(nextCertificatePath, to: certificatePath)
    }

    /// - Throws: exit code 73 where one of them is a symbolic link.
    func requireReplaceable() throws(CommandFailure) {
        for path in [certificatePath, keyPath] { try Self.requireFile(path) }
    }

    private static func requireFile(_ path: String) throws(CommandFailure) {
        guard FileSystem.linkTarget(path) != nil else { return }
        throw CommandFailure(
            .cannotCreate, "\(path) is a symbolic link", why: "replacing it would cut it off from its target",
            fix: "name the file that it leads to in .env")
    }

    /// Finishes or forgets what a killed run had begun.
    func recover() throws(CommandFailure) {
        guard let certificate = FileSystem.read(nextCertificatePath) else {
            unlink(nextKeyPath)
            return
        }
        let isKeyMoved = !FileSystem.exists(nextKeyPath)
        if isKeyMoved, let key = FileSystem.read(keyPath), Self.belongTogether(certificate, key) {
            return try move(nextCertificatePath, to: certificatePath)
        }
        unlink(nextKeyPath)
        unlink(nextCertificatePath)
    }

    private static func belongTogether(_ certificate: [UInt8], _ key: [UInt8]) -> Bool {
        let report = CertificateInspection.inspect(certificatePEM: certificate, keyPEM: key, host: "", now: 0)
        let torn: [CertificateProblem.Code] = [
            .certificateUnparsable, .keyUnparsable, .keyEncrypted, .keyMismatch, .chainOutOfOrder,
        ]
        return !report.problems.contains { torn.contains($0.code) }
    }

    private func stage(
        _ bytes: [UInt8], _ path: String, _ next: String, mode: UInt32
    ) throws(CommandFailure) {
        try Self.requireFile(path)
        let old = FileSystem.status(path)
        let owner = geteuid() == 0 ? old.map { ($0.st_uid, $0.st_gid) } : nil
        try OutputFile.write(bytes, to: next, mode: old.map { $0.st_mode & 0o777 } ?? mode, owner: owner)
    }

    private func move(_ path: String, to place: String) throws(CommandFailure) {
        do throws(SystemError) {
            guard rename(path, place) == 0 else { throw .last("rename", place) }
            try FileTree.sync(place.parentPath)
        } catch { throw FileTree.failure(error) }
    }
}
