/// Whether a common name says something else than the subjectAltName.
///
/// The CA/Browser Forum (7.1.4.3) wants it to be one of the listed names, letter by letter. Clients do not look at it,
/// people and old programs do: so what names another host or address is an error, and what names none, or just the domain
/// of the hosts, a warning.
struct CommonNameRule {
    /// The names that are listed, as they are usually written.
    var hosts: [[UInt8]] = []
    var addresses: [String] = []

    init(_ names: [GeneralName]) {
        for name in names {
            switch name {
            case .dns(let text): hosts.append(text)
            case .address(let bytes): addresses += [GeneralName.addressText(bytes)].compactMap(\.self)
            case .email, .directory, .uri, .other: break
            }
        }
    }

    func problem(_ name: String) -> CertificateProblem? {
        let text = Array(name.utf8)
        if hosts.isEmpty && addresses.isEmpty || hosts.contains(text) || addresses.contains(name) { return nil }
        let shown = GeneralName.printable(text)
        return CertificateProblem(.commonNameNotListed, misleads(text) ? .error : .warning, shown)
    }

    private func misleads(_ name: [UInt8]) -> Bool {
        if Self.isAddress(name) { return true }
        // A title, such as a company's name, is taken for no host.
        guard name.contains(UInt8(ascii: ".")), !name.contains(UInt8(ascii: " ")), !hosts.isEmpty else {
            return false
        }
        let wanted = DNSRules.lowercased(name)
        return !hosts.contains { host in
            let host = DNSRules.lowercased(host)
            return host != wanted && DNSRules.isWithin(host, wanted)
        }
    }

    /// What URLs take for an address (WHATWG URL, "ends in a number"): a last label of digits, or in hexadecimal.
    private static func isAddress(_ name: [UInt8]) -> Bool {
        let last = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).last ?? []
        let isNumber = !last.isEmpty && last.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isNumber || name.contains(UInt8(ascii: ":")) || last.starts(with: Array("0x".utf8))
    }
}
