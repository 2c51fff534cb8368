#if canImport(Glibc)
    import Glibc
#endif

/// One name that a certificate is for: what a client compares with the host of its URL.
package enum CertificateName: Equatable, Hashable, Sendable {
    /// Lower case; `*.` may stand in front, for exactly one label.
    case dns(String)
    /// As it is usually written, such as `127.0.0.1` or `::1`.
    case ip(String)

    /// Reads a name as a person writes it; nil for what is neither.
    package init?(_ text: String) {
        if let address = Self.normalisedAddress(text) {
            self = .ip(address)
        } else if Self.isDNSName(text) {
            self = .dns(text.lowercased())
        } else {
            return nil
        }
    }

    /// As OpenSSL's configuration syntax wants it; both kinds consist of harmless characters only.
    var configuration: String {
        switch self {
        case .dns(let name): "DNS:\(name)"
        case .ip(let address): "IP:\(address)"
        }
    }

    package var text: String {
        switch self {
        case .dns(let name): name
        case .ip(let address): address
        }
    }

    /// The usual form of an IPv4 or IPv6 address, with or without brackets; nil for anything else.
    static func normalisedAddress(_ text: String) -> String? {
        let isBracketed = text.hasPrefix("[") && text.hasSuffix("]")
        let bare = isBracketed ? String(text.dropFirst().dropLast()) : text
        return normalised(bare, family: AF_INET6) ?? (isBracketed ? nil : normalised(bare, family: AF_INET))
    }

    private static func normalised(_ text: String, family: Int32) -> String? {
        var bytes = [UInt8](repeating: 0, count: 16)
        guard !text.utf8.contains(0), inet_pton(family, text, &bytes) == 1 else { return nil }
        var characters = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(family, bytes, &characters, socklen_t(characters.count)) != nil else { return nil }
        return String(decoding: characters.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// RFC 1123 §2.1 labels, 253 characters in all. A name whose last label is a number would be read as an address.
    private static func isDNSName(_ text: String) -> Bool {
        let name = text.hasPrefix("*.") ? String(text.dropFirst(2)) : text
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard name.utf8.count <= 253, let last = labels.last,
            labels.allSatisfy({ DNSRules.isLabel(Array($0)[...]) })
        else { return false }
        if name.count != text.count && labels.count < 2 { return false }
        return !last.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
