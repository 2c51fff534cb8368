/// URLs and mail addresses.
enum AddressSyntax {
    struct Web: Equatable {
        var isSecure: Bool
        var host: String
        var port: Int?
        /// What follows the host and port, such as `/path`.
        var rest: String
    }

    /// An `http` or `https` URL (RFC 3986) without user information.
    static func web(_ text: String) -> Web? {
        let isSecure = text.hasPrefix("https://")
        guard isSecure || text.hasPrefix("http://") else { return nil }
        let afterScheme = text.utf8.dropFirst(isSecure ? 8 : 7)
        let authority = afterScheme.prefix { !"/?#".utf8.contains($0) }
        let rest = afterScheme[authority.endIndex...]
        guard rest.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"\"<>\\^`{|}".utf8.contains($0) }) else { return nil }
        guard let (host, port) = hostAndPort(authority) else { return nil }
        return Web(isSecure: isSecure, host: host, port: port, rest: rest.text)
    }

    private static func hostAndPort(_ authority: Substring.UTF8View) -> (String, Int?)? {
        if authority.first == UInt8(ascii: "["), let close = authority.firstIndex(of: UInt8(ascii: "]")) {
            let host = authority[authority.startIndex...close].dropFirst().dropLast().text
            guard HostSyntax.isIPv6(host) else { return nil }
            return withPort(host, authority[close...].dropFirst())
        }
        let host = authority.prefix { $0 != ASCII.colon }
        guard HostSyntax.isHostname(host.text) else { return nil }
        return withPort(host.text, authority[host.endIndex...])
    }

    private static func withPort(_ host: String, _ rest: Substring.UTF8View) -> (String, Int?)? {
        guard let first = rest.first else { return (host, nil) }
        guard first == ASCII.colon, let port = NumberSyntax.integer(rest.dropFirst().text),
            (1...65_535).contains(port)
        else { return nil }
        return (host, port)
    }

    /// An address that SMTP carries (RFC 5321 §4.1.2, without quoted local parts) in a domain.
    static func isEmail(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].count) else { return false }
        let atoms = parts[0].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isAtom = { (atom: Substring.UTF8View) in
            !atom.isEmpty && atom.allSatisfy { $0.isAlphanumeric || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
        }
        let domain = parts[1].text
        return atoms.allSatisfy(isAtom) && HostSyntax.isHostname(domain)
            && (domain.utf8.contains(UInt8(ascii: ".")) || domain == "localhost")
    }
}
