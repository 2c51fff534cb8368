#if canImport(Glibc)
    import Glibc
#endif

/// Times in UTC, from seconds since 1970.
enum Timestamp {
    static func now() -> Int64 { Int64(time(nil)) }

    /// Such as `20261123T131005Z`, for names of files.
    static func compact(_ seconds: Int64) -> String { format(seconds, "%Y%m%dT%H%M%SZ") }

    /// RFC 3339, such as `2026-11-23T13:10:05Z`, for people.
    static func text(_ seconds: Int64) -> String { format(seconds, "%Y-%m-%dT%H:%M:%SZ") }

    private static func format(_ seconds: Int64, _ pattern: String) -> String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { buffer in
            guard let start = buffer.baseAddress else { return "" }
            let count = strftime(start, buffer.count, pattern, &parts)
            return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}
