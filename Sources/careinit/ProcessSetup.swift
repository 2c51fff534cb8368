import CSystem

#if canImport(Glibc)
    import Glibc
#endif

/// What holds for the whole process from its first line on.
enum ProcessSetup {
    static func apply() {
        // A reader that goes away (`careinit logs | head`) is an error of write(2), not a silent death.
        signal(SIGPIPE, SIG_IGN)
        // So is a file that reaches the limit of its size (setrlimit(2)): what was begun is cleaned up.
        signal(SIGXFSZ, SIG_IGN)
        // A core file would hold every secret that was in memory. The limit does not count where cores go to a program
        // (core(5)); this does, and keeps other processes of the same user out of the memory, too.
        _ = csystem_disable_dumping()
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }
}
