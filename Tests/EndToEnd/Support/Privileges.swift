#if canImport(Glibc)
    import Glibc
#endif

/// What the tester may do on this machine.
enum Privileges {
    static let isRoot = geteuid() == 0
    /// Debian's `nobody`, who owns nothing.
    static let nobody: UInt32 = 65534

    /// Whether programs can be run as another user, from where they were built.
    static let canChangeUser: Bool =
        isRoot && (try? careinit("--version", in: "/", as: nobody).code) == 0

    /// Whether a file system can be mounted, as in a machine of one's own, and not in most containers.
    static let canMount: Bool = {
        guard isRoot, let folder = try? ScratchFolder() else { return false }
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=16k") == 0 else { return false }
        umount(folder.path)
        return true
    }()

    /// Whether a program may have a network of its own, in which every port is free.
    static let canUnshare = (try? run(["unshare", "-rn", "ip", "link", "set", "lo", "up"], in: "/").code) == 0
}
