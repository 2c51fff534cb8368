#if canImport(Glibc)
    import Glibc
#endif

/// The two clocks of the machine, read without allocating.
enum MonotonicClock {
    /// Nanoseconds since the machine started.
    static func nanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    static func seconds(since start: UInt64) -> Double { Double(nanoseconds() &- start) / 1e9 }
}

enum WallClock {
    /// Seconds since 1970.
    static func seconds() -> Int64 { Int64(time(nil)) }

    /// Milliseconds since 1970.
    static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Such as `2026-11-23T14:20:05.123Z`.
    static func text() -> String { text { "\(padded(Int32($0 / 1_000_000), 3))" } }

    /// Such as `2026-11-23T14:20:05.123456Z`.
    static func microseconds() -> String { text { "\(padded(Int32($0 / 1000), 6))" } }

    private static func text(fraction: (_ nanoseconds: Int) -> String) -> String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var parts = tm()
        gmtime_r(&time.tv_sec, &parts)
        return "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))"
            + "T\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))"
            + ".\(fraction(time.tv_nsec))Z"
    }

    private static func padded(_ number: Int32, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
