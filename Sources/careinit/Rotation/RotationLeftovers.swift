/// What a rotation keeps beside its journal: the values of secrets, and the certificates that some of them are the names of.
struct RotationLeftovers {
    let project: Project

    /// Removes all of it but that of the secrets that the journal still names.
    func remove(keeping names: Set<String>) throws(CommandFailure) {
        let store = RotationStore(project: project)
        try InternalSecretsChange(project: project).removeFiles(keeping: names, store)
        if !names.contains(RotatableSecret.serverKey) {
            try ServerKeyChange.stash(project).remove(allBut: [])
        }
        try store.scrub(keeping: names)
    }
}
