import Certs

/// When browsers are told to reach a host over TLS only, for two years (HSTS, RFC 6797).
///
/// A browser keeps that for every port of the host, and lets nobody pass a warning about the certificate (§8.3, §8.4).
enum StrictTransport {
    /// Names that no public authority may vouch for, since anybody may use them at home: RFC 6761, RFC 6762, RFC 8375
    /// and ICANN's `internal`.
    private static let privateNames = [
        "localhost", "test", "invalid", "example", "local", "internal", "home.arpa",
    ]

    /// Whether it can shut nobody out.
    ///
    /// Not where the certificate vouches for itself, since the next one is a stranger to whoever trusts this one; and only
    /// for a public name: `localhost` is everybody's who develops on the machine, and browsers ignore it for an address.
    static func isSafe(host: String, certificate: StackSettings.CertificateSource) -> Bool {
        if case .selfSigned = certificate { return false }
        guard case .dns(let name)? = CertificateName(host), name.contains(".") else { return false }
        return !privateNames.contains { name == $0 || name.hasSuffix(".\($0)") }
    }
}
