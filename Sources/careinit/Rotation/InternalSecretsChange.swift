import Secrets

/// Puts new ones among the stack's own secrets, all in one write.
struct InternalSecretsChange {
    let project: Project

    private var own: InternalSecretsStore { InternalSecretsStore(project: project) }

    /// - Parameters:
    ///   - changes: Some of them.
    ///   - now: Unix seconds.
    /// - Throws: exit code 65 where one has neither value: somebody else has changed it meanwhile.
    func apply(_ changes: [SecretChange], now: Int64) throws(CommandFailure) {
        guard !changes.isEmpty else { return }
        let stored = own.stored
        for change in changes where !change.mayReplace(stored[change.name] ?? "") {
            throw change.conflict(in: own.file)
        }
        try own.change(Dictionary(uniqueKeysWithValues: changes.map { ($0.name, $0.value) }))
        try ChangeLog.published(changes, in: own.file, project: project, now: now)
    }

    /// Removes the certificates of etcd that nothing needs any more.
    func removeFiles(keeping names: Set<String>, _ store: RotationStore) throws(CommandFailure) {
        guard let present = own.stored[InternalSecret.etcd.rawValue] else { return }
        var kept: Set = [present]
        if names.contains(InternalSecret.etcd.rawValue),
            let values = store.values(of: InternalSecret.etcd.rawValue)
        {
            kept.formUnion([values.old, values.new])
        }
        try own.certificates(of: present).remove(allBut: kept)
    }
}
