import Certs
import Secrets

/// Keeps the stack's own secrets in the state folder: made once, whole or not at all.
struct InternalSecretsStore {
    let project: Project
    /// Whether there are data that were made with them.
    var hasData = true
    /// The address of etcd, beside this machine's own names.
    var etcdAddress: String?

    var folder: String { "\(project.stateDirectory)/secrets" }
    var file: String { "\(folder)/internal.env" }

    /// The secrets, made now where there are none yet.
    ///
    /// - Parameters:
    ///   - now: Unix seconds, for the certificates' dates.
    ///   - authorities: Names of others that may have signed a good certificate of etcd.
    /// - Returns: All of them.
    /// - Throws: exit code 66 where they are lost while the data are still there, 73 where they cannot be written.
    func load(now: Int64, trusting authorities: [String] = []) throws(CommandFailure) -> InternalSecrets {
        let values = try ensure(now: now)
        func value(_ name: String) throws(CommandFailure) -> String {
            guard let value = values[name], !value.isEmpty else { throw incomplete(name) }
            return value
        }
        let certificates = certificates(of: try value(InternalSecret.etcd.rawValue))
        return InternalSecrets(
            monitorLogin: try value(InternalSecret.monitorLogin),
            monitorPassword: try value(InternalSecret.monitor.rawValue),
            patroniPassword: try value(InternalSecret.patroni.rawValue),
            redisPassword: try value(InternalSecret.redis.rawValue), salt: try value(Self.saltName),
            etcd: try certificates.load(now: now, trusting: authorities))
    }

    /// As they are kept, by name; empty before the first start.
    var stored: [String: String] { FileSystem.read(file).map(KeyValueFile.parse) ?? [:] }

    /// For fingerprints; nil before the first start.
    var salt: String? { stored[Self.saltName] }

    func certificates(of authority: String) -> EtcdCertificateStore {
        EtcdCertificateStore(folder: folder, authority: authority, address: etcdAddress)
    }

    /// Replaces some of them, in one write.
    func change(_ values: [String: String]) throws(CommandFailure) {
        try write(stored.merging(values) { $1 })
    }

    private static let saltName = "SALT"

    /// All but the certificates, made now where there are none yet; throws as `load` does.
    func ensure(now: Int64) throws(CommandFailure) -> [String: String] {
        let stored = stored
        guard stored.isEmpty else { return stored }
        guard !hasData else { throw lost }
        var values = [InternalSecret.monitorLogin: InternalSecret.firstMonitor]
        do {
            for secret in InternalSecret.allCases { values[secret.rawValue] = try secret.generate() }
            values[Self.saltName] = try SecretGenerator.hex(bytes: 32)
        } catch { throw Self.failure(error, path: file) }
        try write(values)
        try SecretAges(project: project).note(InternalSecret.allCases.map(\.rawValue), now: now)
        try AuditLog(project).append(
            action: .secretMade,
            subjects: values.sorted { $0.key < $1.key }.map { .init($0.key, before: nil, after: $0.value) },
            file: file)
        return values
    }

    private func write(_ values: [String: String]) throws(CommandFailure) {
        let comment = "Secrets between the services of this stack, made by careinit. The data depend on them."
        do throws(FileError) { try AtomicFile.write(KeyValueFile.bytes(values, comment: comment), to: file) } catch
        {
            throw Self.failure(error, path: file)
        }
    }

    private var lost: CommandFailure {
        CommandFailure(
            .missingInput, "The stack's own secrets are gone, while its data are still there", place: file,
            why: "without them nobody can administer the database",
            fix: "put the file back from a backup, or move \(project.stateDirectory) away to start without data")
    }

    private func incomplete(_ name: String) -> CommandFailure {
        CommandFailure(
            .invalidData, "The stack's own secrets are not complete", place: file,
            why: "\(name) is missing",
            fix: "put the file back from a backup")
    }

    static func failure(_ error: any Error, path: String) -> CommandFailure {
        if let failure = error as? CommandFailure { return failure }
        let reason = (error as? FileError)?.reason ?? "\(error)"
        return CommandFailure(
            .cannotCreate, "The stack's own secrets cannot be written", place: path, why: reason,
            fix: "check who owns the folder and how full its disk is")
    }
}
