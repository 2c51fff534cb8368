/// Names and addresses of hosts.
enum HostSyntax {
    /// A DNS name (RFC 1123 §2.1) or an IPv4 address.
    static func isHostname(_ text: String) -> Bool {
        let labels = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard text.utf8.count <= 253, labels.allSatisfy(isLabel), let last = labels.last else { return false }
        return !last.allSatisfy(\.isDigit) || isIPv4(text)
    }

    /// Hosts with commas between them, each perhaps with a port; an IPv6 address stands in brackets.
    static func isHostList(_ text: String) -> Bool {
        text.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).allSatisfy { entry in
            AddressSyntax.hostAndPort(entry.trimmed) != nil
        }
    }

    private static func isLabel(_ label: Substring.UTF8View) -> Bool {
        let hyphen = UInt8(ascii: "-")
        guard (1...63).contains(label.count), label.first != hyphen, label.last != hyphen else { return false }
        return label.allSatisfy { $0.isAlphanumeric || $0 == hyphen }
    }

    /// Four numbers without leading zeros, which some readers take for octal.
    static func isIPv4(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.count <= 3 && NumberSyntax.integer(part.text).map { (0...255).contains($0) } == true
            }
    }

    /// RFC 4291 §2.2, without a zone.
    static func isIPv6(_ text: String) -> Bool {
        var groups = text.utf8.split(separator: ASCII.colon, omittingEmptySubsequences: false)
        guard text.utf8.count <= 45, groups.count >= 3 else { return false }
        // `::` at an end leaves two empty groups there; they stand for one.
        if groups[0].isEmpty, groups[1].isEmpty { groups.removeFirst() }
        if groups.count >= 2, groups[groups.count - 1].isEmpty, groups[groups.count - 2].isEmpty {
            groups.removeLast()
        }
        var count = groups.count
        if let last = groups.last, last.contains(UInt8(ascii: ".")) {
            guard isIPv4(last.text) else { return false }
            groups.removeLast()
            count += 1
        }
        let gaps = groups.count { $0.isEmpty }
        guard groups.allSatisfy({ $0.count <= 4 && $0.allSatisfy(\.isHexadecimal) }) else { return false }
        return gaps == 0 && count == 8 || gaps == 1 && count <= 8
    }
}
