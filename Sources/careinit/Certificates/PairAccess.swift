import Certs

#if canImport(Glibc)
    import Glibc
#endif

/// Whether the user whose stack it is may read the pair.
///
/// nginx needs no way to these files, and no container a mount of certbot's `live` and `archive`: careinit reads the pair
/// and gives nginx a copy in its generation. So what matters is that careinit reads it as the user that runs the stack,
/// although root may be the one who asks here.
struct PairAccess {
    enum Answer: Equatable {
        case readable
        /// The first path on the way that is closed to the user.
        case closed(String)
        /// Why nobody can say.
        case unknown(String)
    }

    /// Who runs careinit, and so reads the files.
    var reader: uid_t
    /// Who asks.
    var asker: uid_t = geteuid()

    /// The owner of the state folder, or of the `.env` before the first start; nil where there is neither.
    init?(project: Project) {
        let paths = [project.stateDirectory, project.environmentFile]
        guard let owner = paths.lazy.compactMap({ FileSystem.status($0)?.st_uid }).first else { return nil }
        reader = owner
    }

    init(reader: uid_t) { self.reader = reader }

    func answer(_ paths: [String]) -> Answer {
        // Whoever asks has read the files already, and root reads everything.
        if reader == asker || reader == 0 { return .readable }
        guard asker == 0 else { return .unknown("only root and \(name) can see whether \(name) reads the pair") }
        guard let account = UserAccount.withIdentifier(reader) else {
            return .unknown("the stack's owner, \(reader), is no user of this machine")
        }
        for path in paths {
            switch isOpen(path, "-r", to: account) {
            case true?: continue
            case false?: return .closed(barrier(on: path, to: account))
            case nil: return .unknown("setpriv(1) could not be run as \(name)")
            }
        }
        return .readable
    }

    var name: String { UserAccount.withIdentifier(reader)?.name ?? "\(reader)" }

    /// From the root down, on the way that the links really take.
    private func barrier(on path: String, to account: UserAccount) -> String {
        [path, FileSystem.realPath(path) ?? path].lazy.compactMap { way in
            way.ancestors.reversed().first { isOpen($0, "-x", to: account) == false }
        }.first ?? path
    }

    /// Asked of the kernel itself by test(1) as that user, so that access control lists count; nil where that cannot be.
    private func isOpen(_ path: String, _ right: String, to account: UserAccount) -> Bool? {
        let test = Subprocess(arguments: ["/usr/bin/test", right, path], user: account)
        switch (try? test.run())?.ending {
        case .exited(0): return true
        case .exited(1): return false
        default: return nil
        }
    }
}
