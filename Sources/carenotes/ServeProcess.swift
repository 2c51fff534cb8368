import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// What holds for the whole process from its first line on.
enum ServeProcess {
    static func prepare() {
        umask(0o077)
        // A client that goes away is an error of send(2), not the end of the server.
        signal(SIGPIPE, SIG_IGN)
        // A core file would hold every secret that was in memory. The limit does not count where cores go to a program
        // (core(5)); this does, and keeps other processes of the same user out of the memory, too.
        _ = csystem_disable_dumping()
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        raiseDescriptorLimit()
    }

    /// Each connection is a descriptor, and the usual soft limit of 1024 is soon reached.
    private static func raiseDescriptorLimit() {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(resource, &limit)
    }
}
