/// URLs and mail addresses.
enum AddressSyntax {
    /// The parts of a URL (RFC 3986 §3) that has a host.
    struct Address: Equatable {
        /// In lower case.
        var scheme: String
        /// What stands before an `@`, such as `user:password`.
        var userInformation: String?
        var host: String
        var port: Int?
        /// What follows the host and port, such as `/path`.
        var rest: String

        var isSecure: Bool { scheme == "https" }
    }

    /// An `http` or `https` URL without user information.
    static func web(_ text: String) -> Address? {
        url(text).flatMap { url in
            (url.scheme == "https" || url.scheme == "http") && url.userInformation == nil ? url : nil
        }
    }

    static func url(_ text: String) -> Address? {
        guard let scheme = scheme(of: text) else { return nil }
        let afterScheme = text.utf8.dropFirst(scheme.utf8.count + 3)
        let authority = afterScheme.prefix { !"/?#".utf8.contains($0) }
        let rest = afterScheme[authority.endIndex...]
        let isPlain = { (byte: UInt8) in byte > 0x20 && byte < 0x7F && !"\"<>\\^`{|}".utf8.contains(byte) }
        guard rest.allSatisfy(isPlain) else { return nil }
        let parts = authority.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ $0.allSatisfy(isPlain) }), let last = parts.last,
            let (host, port) = hostAndPort(last)
        else { return nil }
        return Address(
            scheme: scheme, userInformation: parts.count == 2 ? parts[0].text : nil, host: host, port: port,
            rest: rest.text)
    }

    /// In lower case; nil where the text has no `scheme://`.
    static func scheme(of text: String) -> String? {
        let scheme = text.utf8.prefix { $0.isAlphanumeric || "+-.".utf8.contains($0) }
        guard scheme.first?.isLetter == true, text.utf8[scheme.endIndex...].starts(with: "://".utf8) else {
            return nil
        }
        return scheme.map(\.lowercased).text
    }

    /// `host`, `host:port` or `[address]:port`.
    static func hostAndPort(_ authority: Substring.UTF8View) -> (String, Int?)? {
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
