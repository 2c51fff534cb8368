#if canImport(Glibc)
    import Glibc
#endif

/// The numbered generations of rendered files in the state folder, and which of them is in force.
///
/// A generation is written as `N.tmp`, made whole by one rename, checked, and put in force by renaming the symbolic link
/// `current`. Whatever ends careinit in between leaves the old one in force, and the next run clears the rest away.
struct GenerationStore {
    static let kept = 5

    let folder: String

    init(project: Project) { folder = "\(project.stateDirectory)/generations" }

    /// The number that is in force; nil before the first.
    var current: Int? {
        FileSystem.linkTarget("\(folder)/current").flatMap { Int($0) }
    }

    /// Every whole generation, ascending.
    var numbers: [Int] { FileSystem.names(in: folder).compactMap { Int($0) }.sorted() }

    /// The number of the next one.
    var next: Int { (numbers.last ?? 0) + 1 }

    func path(_ number: Int) -> String { "\(folder)/\(number)" }

    /// Whether the generation of that number holds exactly these files.
    func holds(_ plan: StackPlan) -> Bool {
        let root = path(plan.generation)
        return plan.files.allSatisfy { file in
            let path = "\(root)/\(file.path)"
            guard let status = FileSystem.status(path), status.st_mode & 0o777 == file.mode,
                status.st_size == file.contents.count
            else { return false }
            return FileSystem.read(path, limit: file.contents.count + 1) == file.contents
        }
    }

    /// What a whole generation holds, with modes and owners as they are on the disk.
    ///
    /// - Throws: exit code 73 or 77 where a file cannot be read.
    func files(of number: Int) throws(CommandFailure) -> [PlannedFile] {
        do throws(SystemError) { return try files(in: path(number), below: "") } catch {
            throw FileTree.failure(error)
        }
    }

    /// Writes files as a whole generation, which is not yet in force.
    func write(_ files: [PlannedFile], as number: Int) throws(CommandFailure) {
        let temporary = "\(folder)/\(number).tmp"
        do throws(SystemError) {
            try removeAbandoned()
            try FileSystem.makeFolder(temporary, mode: 0o711)
            try write(files, to: temporary)
            guard rename(temporary, path(number)) == 0 else { throw .last("rename", temporary) }
            try FileTree.sync(folder)
        } catch {
            try? FileTree.remove(temporary)
            throw FileTree.failure(error)
        }
    }

    /// Puts a generation in force, and removes those that are older than the last few.
    ///
    /// - Parameters:
    ///   - number: A whole generation.
    ///   - inUse: Generations that services still run with, and that therefore stay.
    /// - Throws: exit code 73 where the folder cannot be written.
    func activate(_ number: Int, keeping inUse: Set<Int> = []) throws(CommandFailure) {
        let temporary = "\(folder)/current.tmp"
        do throws(SystemError) {
            try FileTree.remove(temporary)
            guard symlink("\(number)", temporary) == 0 else { throw .last("symlink", temporary) }
            guard rename(temporary, "\(folder)/current") == 0 else { throw .last("rename", temporary) }
            try FileTree.sync(folder)
            try prune(keeping: inUse.union([number]))
        } catch { throw FileTree.failure(error) }
    }

    /// Removes a generation that was refused.
    func discard(_ number: Int) {
        if number != current { try? FileTree.remove(path(number)) }
    }

    private func files(in folder: String, below prefix: String) throws(SystemError) -> [PlannedFile] {
        var found: [PlannedFile] = []
        for name in FileSystem.names(in: folder) {
            let (path, relative) = ("\(folder)/\(name)", prefix + name)
            guard let status = FileSystem.status(path) else { throw .last("stat", path) }
            if status.st_mode & S_IFMT == S_IFDIR {
                found += try files(in: path, below: relative + "/")
                continue
            }
            guard let contents = FileSystem.read(path, limit: Int(status.st_size) + 1) else {
                throw .last("read", path)
            }
            let owner =
                status.st_uid == geteuid()
                ? nil : UserAccount.withIdentifier(status.st_uid)?.name ?? "\(status.st_uid)"
            found.append(
                PlannedFile(path: relative, contents: contents, mode: status.st_mode & 0o777, owner: owner))
        }
        return found
    }

    private func write(_ files: [PlannedFile], to root: String) throws(SystemError) {
        var tree = FileTree()
        var owners: [String: String?] = [:]
        for file in files {
            let path = "\(root)/\(file.path)"
            for folder in foldersBelow(root, of: path) where owners[folder] == nil {
                owners[folder] = .some(file.owner)
                try FileSystem.makeFolder(folder, mode: 0o700)
            }
            try tree.create(path, file.contents, mode: file.mode)
            try tree.set(path, mode: file.mode, owner: file.owner)
        }
        // Folders last: from then on their users may change what is in them.
        for (folder, owner) in owners.sorted(by: { $0.key > $1.key }) {
            try FileTree.sync(folder)
            try tree.set(folder, mode: 0o700, owner: owner)
        }
        try FileTree.sync(root)
    }

    /// The folders between the root and a file, outermost first.
    private func foldersBelow(_ root: String, of path: String) -> [String] {
        path.ancestors.filter { $0.hasPrefix(root + "/") }.reversed()
    }

    /// What a run that was killed left behind half-written.
    private func removeAbandoned() throws(SystemError) {
        for name in FileSystem.names(in: folder) where name.hasSuffix(".tmp") {
            try FileTree.remove("\(folder)/\(name)")
        }
    }

    private func prune(keeping inUse: Set<Int>) throws(SystemError) {
        let others = numbers.filter { !inUse.contains($0) }
        for old in others.dropLast(Self.kept - 1) { try FileTree.remove(path(old)) }
    }
}
