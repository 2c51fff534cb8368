#if canImport(Glibc)
    import Glibc
#endif

/// What the kernel says of this process (proc(5)).
enum ProcessFacts {
    /// Bytes of memory that are resident; 0 where /proc does not tell.
    static var residentBytes: Int { pages(field: 1) * Int(sysconf(Int32(_SC_PAGESIZE))) }

    /// Seconds of processor time, user and system.
    static var processorSeconds: Double {
        var usage = rusage()
        guard getrusage(RUSAGE_SELF.rawValue, &usage) == 0 else { return 0 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    static var openDescriptors: Int {
        guard let stream = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(stream) }
        var count = 0
        while readdir(stream) != nil { count += 1 }
        // Without `.`, `..` and the descriptor of this look itself.
        return max(0, count - 3)
    }

    static var maximumDescriptors: UInt {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return limit.rlim_cur
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }

    private static func pages(field: Int) -> Int {
        var buffer = [UInt8](repeating: 0, count: 256)
        let file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        let count = read(file, &buffer, buffer.count)
        let words = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
        return words.count > field ? Int(words[field]) ?? 0 : 0
    }
}
