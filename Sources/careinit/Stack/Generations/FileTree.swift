#if canImport(Glibc)
    import Glibc
#endif

/// Folders and files of the state folder, with their modes and owners, safe on disk when a call returns.
struct FileTree {
    /// What names of users mean; looked up once.
    private var accounts: [String: UserAccount] = [:]

    /// Makes the folder, or gives one that is there the mode and owner it should have.
    mutating func makeFolder(_ folder: PlannedFolder) throws(CommandFailure) {
        do throws(SystemError) {
            try FileSystem.makeFolder(folder.path, mode: folder.mode)
            try set(folder.path, mode: folder.mode, owner: folder.owner)
        } catch { throw Self.failure(error) }
    }

    /// Writes a file that does not exist yet.
    mutating func create(_ path: String, _ contents: [UInt8], mode: UInt32) throws(SystemError) {
        let file = Descriptor(
            takingOwnershipOf: open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode & 0o700))
        guard file.isOpen else { throw .last("create", path) }
        var rest = contents[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in
                retryingInterrupts { write(file.number, bytes.baseAddress, bytes.count) }
            }
            guard count > 0 else { throw .last("write", path) }
            rest = rest.dropFirst(count)
        }
        guard fchmod(file.number, mode) == 0 else { throw .last("chmod", path) }
        guard fsync(file.number) == 0 else { throw .last("fsync", path) }
    }

    /// Gives a file or folder to its user; nil leaves it with whoever runs careinit.
    mutating func set(_ path: String, mode: UInt32, owner: String?) throws(SystemError) {
        guard let status = FileSystem.status(path) else { throw .last("stat", path) }
        if let owner {
            guard let account = account(owner) else {
                throw SystemError(call: "find the user of", subject: path, code: ENOENT)
            }
            if status.st_uid != account.identifier || status.st_gid != account.group {
                guard lchown(path, account.identifier, account.group) == 0 else { throw .last("chown", path) }
            }
        }
        if status.st_mode & 0o7777 != mode, chmod(path, mode) != 0 { throw .last("chmod", path) }
    }

    private mutating func account(_ name: String) -> UserAccount? {
        if let known = accounts[name] { return known }
        accounts[name] = UserAccount.named(name) ?? UserAccount.numbered(name)
        return accounts[name]
    }

    /// Makes what happened in a folder last.
    static func sync(_ folder: String) throws(SystemError) {
        let descriptor = Descriptor(takingOwnershipOf: open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
        guard descriptor.isOpen, fsync(descriptor.number) == 0 else { throw .last("fsync", folder) }
    }

    /// Removes a file, or a folder with all that is in it; symbolic links are removed, never followed.
    static func remove(_ path: String) throws(SystemError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            guard unlink(path) == 0 else { throw .last("remove", path) }
            return
        }
        for name in FileSystem.names(in: path) { try remove("\(path)/\(name)") }
        guard rmdir(path) == 0 else { throw .last("remove", path) }
    }

    static func failure(_ error: SystemError) -> CommandFailure {
        let isForbidden = error.code == EACCES || error.code == EPERM
        return CommandFailure(
            isForbidden ? .notPermitted : .cannotCreate, "The state folder cannot be written",
            place: error.subject,
            why: "\(error.call): \(error.reason)",
            fix: error.code == ENOSPC
                ? "make room on the disk" : "check who owns the folder and how full its disk is")
    }
}
