import Certs

/// Which hosts a public authority can vouch for.
enum PublicName {
    /// Names that no authority may sign: RFC 6761, RFC 6762, RFC 8375, ICANN's `internal`.
    private static let reserved: Set<String> = [
        "test", "example", "invalid", "localhost", "local", "onion", "internal", "arpa", "lan", "home",
    ]

    /// Why none could; nil where one could.
    static func problem(_ host: String) -> String? {
        guard case .dns? = CertificateName(host) else {
            return "it is an address, and a name in the DNS is needed"
        }
        let labels = host.lowercased().split(separator: ".")
        guard labels.count > 1, let last = labels.last.map(String.init) else {
            return "it is a name of this network only"
        }
        return reserved.contains(last) ? "names that end in .\(last) are not in the public DNS" : nil
    }
}
