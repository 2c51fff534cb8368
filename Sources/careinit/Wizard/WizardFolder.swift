#if canImport(Glibc)
    import Glibc
#endif

/// What the wizard keeps in the state folder: for its owner only.
enum WizardFolder {
    /// Makes the folder where there is none.
    ///
    /// - Throws: exit code 77 where it is a symbolic link or somebody else's, 73 where it cannot be made.
    static func prepare(_ project: Project) throws(CommandFailure) {
        let path = project.wizardFolder
        do throws(SystemError) {
            if lstat(path) == nil { try FileSystem.makeFolder(path, mode: 0o700) }
            guard let status = lstat(path) else { throw .last("stat", path) }
            guard status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else { throw refusal(path) }
            if status.st_mode & 0o7777 != 0o700, chmod(path, 0o700) != 0 { throw .last("chmod", path) }
        } catch {
            throw FileTree.failure(error)
        }
    }

    private static func refusal(_ path: String) -> SystemError {
        SystemError(call: "use as a folder of your own", subject: path, code: EPERM)
    }

    private static func lstat(_ path: String) -> stat? {
        var status = stat()
        return Glibc.lstat(path, &status) == 0 ? status : nil
    }
}

extension Project {
    var wizardFolder: String { "\(stateDirectory)/wizard" }
    /// What was answered so far in a run that has not ended.
    var wizardJournal: String { "\(wizardFolder)/journal" }
    /// A journal that could not be read, for whoever wants to know why.
    var damagedWizardJournal: String { "\(wizardFolder)/journal.damaged" }
    /// The secrets that the journal refers to.
    var wizardSecrets: String { "\(wizardFolder)/secrets" }
    /// The template that the present `.env` was written by.
    var templateSnapshot: String { "\(wizardFolder)/template" }
    /// The answers of the last run of the wizard, without secrets.
    var answersFile: String { "\(stateDirectory)/answers.env" }
}
