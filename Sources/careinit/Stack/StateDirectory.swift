import COpenSSL

#if canImport(Glibc)
    import Glibc
#endif

/// Where the state of a stack lies, and the folders in it.
///
/// It is `.careinit` beside the `.env`, unless the users of the services could not reach that one or its path is too
/// long for the sockets in it (108 bytes, unix(7)).
enum StateDirectory {
    /// The longest path that leaves room for a socket such as `run/pg-1/.s.PGSQL.15432.lock`.
    static let longestPath = 70

    /// The facts that the choice depends on, so that it can be tested.
    struct Surroundings: Sendable {
        var isRoot: Bool
        var home: String
        /// $XDG_STATE_HOME.
        var stateHome: String?
        /// Whether anybody may pass through the folder.
        var isTraversable: @Sendable (String) -> Bool

        static func current(isRoot: Bool = geteuid() == 0) -> Surroundings {
            Surroundings(
                isRoot: isRoot, home: UserAccount.withIdentifier(geteuid())?.home ?? "/",
                stateHome: getenv("XDG_STATE_HOME").map { String(cString: $0) },
                isTraversable: { (FileSystem.status($0)?.st_mode ?? 0) & S_IXOTH != 0 })
        }

        /// Those of a service that systemd starts as that user: nothing of the caller's environment.
        static func ofService(_ account: UserAccount) -> Surroundings {
            var result = current(isRoot: account.identifier == 0)
            result.home = account.home
            result.stateHome = nil
            return result
        }
    }

    /// The project of that `.env`, which need not exist yet; its folder must.
    static func resolve(environmentFile: String, isRoot: Bool = geteuid() == 0) throws(CommandFailure) -> Project {
        try resolve(environmentFile: environmentFile, surroundings: .current(isRoot: isRoot))
    }

    /// The same as another user will see it.
    static func resolve(environmentFile: String, surroundings: Surroundings) throws(CommandFailure) -> Project {
        let absolute = environmentFile.hasPrefix("/") ? environmentFile : "./" + environmentFile
        let folder = absolute.parentPath
        guard let realFolder = FileSystem.realPath(folder) else {
            let reason = SystemError.last("open", folder).reason
            throw CommandFailure(
                .missingInput, "The folder \(folder) cannot be opened", place: folder, why: reason)
        }
        let name = absolute.split(separator: "/").last.map(String.init) ?? ".env"
        let named = realFolder == "/" ? "/\(name)" : "\(realFolder)/\(name)"
        return resolve(realPath: FileSystem.realPath(named) ?? named, surroundings: surroundings)
    }

    /// The same for a path that is already absolute and free of symbolic links.
    static func resolve(realPath: String, surroundings: Surroundings) -> Project {
        let beside = realPath.parentPath == "/" ? "/.careinit" : realPath.parentPath + "/.careinit"
        let isReachable = !surroundings.isRoot || realPath.ancestors.allSatisfy(surroundings.isTraversable)
        if isReachable && beside.utf8.count <= longestPath {
            return Project(environmentFile: realPath, stateDirectory: beside)
        }
        let identifier = shortDigest(of: realPath)
        return Project(environmentFile: realPath, stateDirectory: "\(surroundings.sharedFolder)/\(identifier)")
    }

    /// The first 12 hexadecimal digits of the SHA-256.
    static func shortDigest(of text: String) -> String {
        let bytes = Array(text.utf8)
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        SHA256(bytes, bytes.count, &digest)
        return digest.prefix(6).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Makes the state folder and those in it that belong to careinit itself.
    static func prepare(_ project: Project) throws(CommandFailure) {
        do {
            try FileSystem.makeFolder(project.stateDirectory, mode: 0o711)
            try FileSystem.makeFolder(project.runFolder, mode: 0o711)
            try FileSystem.makeFolder(project.logFolder, mode: 0o711)
        } catch {
            throw CommandFailure(
                error.code == EACCES || error.code == EPERM ? .notPermitted : .cannotCreate,
                "The state folder cannot be made", place: error.subject, why: error.reason,
                fix: "give the user \(userName(geteuid())) the right to write to \(error.subject.parentPath)")
        }
    }

    /// Refuses to work on the stack of another user: root's files would lie between theirs.
    static func requireOwn(_ project: Project) throws(CommandFailure) {
        guard let status = FileSystem.status(project.stateDirectory), status.st_uid != geteuid() else { return }
        let owner = userName(status.st_uid)
        throw CommandFailure(
            .notPermitted, "This stack belongs to the user \(owner)", place: project.stateDirectory,
            why: "you are \(userName(geteuid()))", fix: "run the same command as \(owner)")
    }

    private static func userName(_ identifier: uid_t) -> String {
        UserAccount.withIdentifier(identifier)?.name ?? "\(identifier)"
    }
}

extension StateDirectory.Surroundings {
    /// Where the state lies that cannot lie beside its `.env`.
    fileprivate var sharedFolder: String {
        if isRoot { return "/var/lib/careinit" }
        if let stateHome, stateHome.hasPrefix("/") { return "\(stateHome)/careinit" }
        return "\(home)/.local/state/careinit"
    }
}

extension Project {
    var runFolder: String { "\(stateDirectory)/run" }
    var logFolder: String { "\(stateDirectory)/logs" }
    var lockFile: String { "\(stateDirectory)/lock" }
    /// What nginx serves of `/.well-known/acme-challenge/`: certbot's webroot.
    var challengeFolder: String { "\(stateDirectory)/acme" }
}

extension String {
    /// Every folder above the path, nearest first: `/a/b/c` → `/a/b`, `/a`, `/`.
    var ancestors: [String] {
        var result: [String] = []
        var folder = parentPath
        while folder != "/" && folder != "." {
            result.append(folder)
            folder = folder.parentPath
        }
        return result + ["/"]
    }
}
