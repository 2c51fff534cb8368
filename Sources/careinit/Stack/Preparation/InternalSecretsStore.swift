import Certs
import Secrets

/// Keeps the stack's own secrets in the state folder: made once, whole or not at all.
struct InternalSecretsStore {
    let project: Project
    /// Whether there are data that were made with them.
    var hasData: Bool
    /// The address of etcd, beside this machine's own names.
    var etcdAddress: String?

    var folder: String { "\(project.stateDirectory)/secrets" }
    private var file: String { "\(folder)/internal.env" }

    /// The secrets, made now where there are none yet.
    ///
    /// - Parameter now: Unix seconds, for the certificates' dates.
    /// - Returns: All of them.
    /// - Throws: exit code 66 where they are lost while the data are still there, 73 where they cannot be written.
    func load(now: Int64) throws(CommandFailure) -> InternalSecrets {
        let values = try passwords()
        func value(_ name: Name) throws(CommandFailure) -> String {
            guard let value = values[name.rawValue], !value.isEmpty else { throw incomplete(name) }
            return value
        }
        return InternalSecrets(
            superuserPassword: try value(.superuser), rewindPassword: try value(.rewind),
            monitorPassword: try value(.monitor), patroniPassword: try value(.patroni),
            redisPassword: try value(.redis), salt: try value(.salt),
            etcd: try EtcdCertificateStore(folder: folder, address: etcdAddress).load(now: now))
    }

    /// For fingerprints; nil before the first start.
    var salt: String? {
        FileSystem.read(file).flatMap { KeyValueFile.parse($0)[Name.salt.rawValue] }
    }

    private enum Name: String, CaseIterable {
        case superuser = "POSTGRES_SUPERUSER_PASSWORD"
        case rewind = "POSTGRES_REWIND_PASSWORD"
        case monitor = "POSTGRES_MONITOR_PASSWORD"
        case patroni = "PATRONI_REST_PASSWORD"
        case redis = "REDIS_ADMIN_PASSWORD"
        case salt = "SALT"
    }

    private func passwords() throws(CommandFailure) -> [String: String] {
        if let bytes = FileSystem.read(file) { return KeyValueFile.parse(bytes) }
        guard !hasData else { throw lost }
        do {
            var values: [String: String] = [:]
            for name in Name.allCases {
                values[name.rawValue] =
                    name == .salt ? try SecretGenerator.hex(bytes: 32) : try SecretGenerator.urlSafe(length: 43)
            }
            let comment = "Secrets between the services of this stack, made by careinit. The data depend on them."
            try AtomicFile.write(KeyValueFile.bytes(values, comment: comment), to: file)
            try AuditLog(project).append(
                action: .secretMade,
                subjects: values.sorted { $0.key < $1.key }.map { .init($0.key, before: nil, after: $0.value) },
                file: file)
            return values
        } catch { throw Self.failure(error, path: file) }
    }

    private var lost: CommandFailure {
        CommandFailure(
            .missingInput, "The stack's own secrets are gone, while its data are still there", place: file,
            why: "without them nobody can administer the database",
            fix: "put the file back from a backup, or move \(project.stateDirectory) away to start without data")
    }

    private func incomplete(_ name: Name) -> CommandFailure {
        CommandFailure(
            .invalidData, "The stack's own secrets are not complete", place: file,
            why: "\(name.rawValue) is missing",
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
