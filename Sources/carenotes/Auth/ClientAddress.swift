#if canImport(Glibc)
    import Glibc
#endif

/// Where a request comes from, as far as attempts are counted by it.
enum ClientAddress {
    /// The address that nginx gives, which is the only one to reach carenotes' port from outside; without it, a program of
    /// this machine. An IPv6 client has a whole /64 of addresses, which count as one.
    static func source(_ headers: FieldList) -> String {
        guard let last = last(headers) else { return "local" }
        var six = in6_addr()
        guard inet_pton(AF_INET6, last, &six) == 1 else {
            var four = in_addr()
            return inet_pton(AF_INET, last, &four) == 1 ? last : "unknown"
        }
        return withUnsafeBytes(of: &six) { bytes in
            bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ".") + "/64"
        }
    }

    /// The same as the audit trail has it: the whole address, `local`, or `unknown` for what is none.
    static func whole(_ headers: FieldList) -> String {
        guard let last = last(headers) else { return "local" }
        var (six, four) = (in6_addr(), in_addr())
        return inet_pton(AF_INET6, last, &six) == 1 || inet_pton(AF_INET, last, &four) == 1 ? last : "unknown"
    }

    /// What nginx has added.
    private static func last(_ headers: FieldList) -> String? {
        headers.values("X-Forwarded-For").last.map { text in
            text.split(separator: ",").last.map { $0.filter { $0 != " " } } ?? ""
        }
    }
}
