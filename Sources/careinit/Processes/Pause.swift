#if canImport(Glibc)
    import Glibc
#endif

/// Short waits between two looks.
enum Pause {
    static func milliseconds(_ count: UInt32) { usleep(count * 1000) }
}
