/// An `http://` or `https://` address, taken apart.
package struct HTTPAddress: Equatable, Sendable {
    package var isTLS: Bool
    /// IPv6 without its brackets.
    package var host: String
    package var port: UInt16
    /// Path and query; `/` where none is given. A fragment is left off: it never leaves the client.
    package var target: String

    package init(_ text: String) throws(TransportError) {
        let schemes: [(prefix: String, isTLS: Bool)] = [("https://", true), ("http://", false)]
        guard let scheme = schemes.first(where: { text.lowercased().hasPrefix($0.prefix) }),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .badURL(text) }
        let rest = text.dropFirst(scheme.prefix.count).prefix { $0 != "#" }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest.dropFirst(authority.count)
        guard let (host, port) = Self.split(authority), !authority.contains("@") else { throw .badURL(text) }
        isTLS = scheme.isTLS
        self.host = host
        self.port = port ?? (scheme.isTLS ? 443 : 80)
        target = path.hasPrefix("/") ? String(path) : "/" + path
    }

    package var endpoint: Endpoint { .tcp(host: host, port: port) }

    private static func split(_ authority: Substring) -> (host: String, port: UInt16?)? {
        let host: Substring
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = authority[authority.index(after: authority.startIndex)..<end]
            return parse(host, authority[authority.index(after: end)...])
        }
        host = authority.prefix { $0 != ":" }
        return parse(host, authority.dropFirst(host.count))
    }

    private static func parse(_ host: Substring, _ rest: Substring) -> (host: String, port: UInt16?)? {
        guard !host.isEmpty else { return nil }
        if rest.isEmpty { return (String(host), nil) }
        guard rest.hasPrefix(":"), let port = UInt16(rest.dropFirst()), port > 0 else { return nil }
        return (String(host), port)
    }
}
