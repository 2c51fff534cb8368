#if canImport(Glibc)
    import Glibc
#endif

/// The only place of this folder that reads the wall clock.
enum Clock {
    /// Seconds since 1970-01-01 UTC.
    static func now() -> Int64 { Int64(time(nil)) }

    /// Such as `2026-11-23T11:30:05Z`.
    static func text(_ seconds: Int64) -> String {
        var value = time_t(seconds)
        var parts = tm()
        gmtime_r(&value, &parts)
        let year = parts.tm_year + 1900
        return "\(year)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
            + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
    }

    private static func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
