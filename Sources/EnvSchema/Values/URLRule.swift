/// Limits of a URL.
package struct URLRule: Sendable, Hashable {
    /// Another tool puts `https://` before what has no scheme.
    package var prependsHTTPS = false
    /// In lower case; nil for any.
    package var schemes: [String]?
    /// Hosts, each perhaps with a port; in lower case; nil for any.
    package var hosts: [String]?
    package var forbidsTrailingSlash = false

    func accepts(_ text: String) -> Bool {
        let hasScheme = AddressSyntax.scheme(of: text) != nil
        guard let url = AddressSyntax.url(prependsHTTPS && !hasScheme ? "https://" + text : text) else {
            return false
        }
        if let schemes, !schemes.contains(url.scheme) { return false }
        if forbidsTrailingSlash, text.utf8.last == UInt8(ascii: "/") { return false }
        guard let hosts else { return true }
        let host = url.host.utf8.map(\.lowercased).text
        return hosts.contains(host) || hosts.contains(host + (url.port.map { ":\($0)" } ?? ""))
    }

    var description: String {
        var text = "a URL such as \(schemes?.first ?? "https")://\(hosts?.first ?? "notes.example.org")/path"
        if let schemes, schemes.count > 1 { text += ", with the scheme \(schemes.joined(separator: " or "))" }
        if let hosts, hosts.count > 1 { text += ", with the host \(hosts.joined(separator: " or "))" }
        return forbidsTrailingSlash ? text + ", without a slash at its end" : text
    }
}

/// Limits of a domain name.
package struct DomainRule: Sendable, Hashable {
    package var allowsWildcard = false
    package var allowsSingleLabel = false
    package var allowsAddress = false

    func accepts(_ text: String) -> Bool {
        if HostSyntax.isIPv4(text) { return allowsAddress }
        let isWildcard = text.hasPrefix("*.")
        guard !isWildcard || allowsWildcard else { return false }
        let name = isWildcard ? String(text.dropFirst(2)) : text
        return HostSyntax.isHostname(name) && (allowsSingleLabel || name.utf8.contains(ASCII.dot))
    }
}
