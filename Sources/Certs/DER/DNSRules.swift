/// What a DNS name in a certificate may look like (RFC 5280 §4.2.1.6, RFC 1034 §3.5, CA/Browser Forum 7.1.4.2.1).
enum DNSRules {
    static let wildcard = Array("*.".utf8)

    enum Fault: Equatable {
        /// An address, which belongs into an iPAddress.
        case isAddress
        /// A wildcard anywhere but as the whole leftmost label.
        case wildcardMisplaced
        /// A wildcard over a whole top-level domain.
        case wildcardTooBroad
        case notAHostName
    }

    /// What is wrong with a dNSName; nil for a good one.
    static func fault(_ name: [UInt8]) -> Fault? {
        let star = UInt8(ascii: "*")
        if name.isEmpty { return .notAHostName }
        if name == [star] { return .wildcardTooBroad }
        if name.starts(with: wildcard) {
            let parent = Array(name.dropFirst(2))
            if parent.contains(star) { return .wildcardMisplaced }
            guard isHostName(parent) else { return .notAHostName }
            return parent.contains(UInt8(ascii: ".")) ? nil : .wildcardTooBroad
        }
        if name.contains(star) { return .wildcardMisplaced }
        if isAddress(name) { return .isAddress }
        return isHostName(name) ? nil : .notAHostName
    }

    /// Labels of letters, digits and hyphens; no underscore, no U-label, no dot at either end.
    static func isHostName(_ name: [UInt8]) -> Bool {
        guard (1...253).contains(name.count), !isAddress(name) else { return false }
        return name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy(isLabel)
    }

    /// Whether the name is the base or lies below it; every name lies below the empty base.
    static func isWithin(_ name: [UInt8], _ base: [UInt8]) -> Bool {
        if base.isEmpty || name == base { return true }
        return name.count > base.count && name.suffix(base.count).elementsEqual(base)
            && name[name.count - base.count - 1] == UInt8(ascii: ".")
    }

    static func lowercased(_ name: [UInt8]) -> [UInt8] {
        name.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }

    static func withoutLeadingDot(_ name: [UInt8]) -> [UInt8] {
        name.first == UInt8(ascii: ".") ? Array(name.dropFirst()) : name
    }

    /// A last label of digits only would be read as an address, and so would a colon.
    private static func isAddress(_ name: [UInt8]) -> Bool {
        let last = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).last ?? []
        let isNumber = !last.isEmpty && last.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return isNumber || name.contains(UInt8(ascii: ":"))
    }

    static func isLabel(_ label: ArraySlice<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        guard (1...63).contains(label.count), label.first != hyphen, label.last != hyphen else { return false }
        return label.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), hyphen:
                true
            default: false
            }
        }
    }
}

/// What an e-mail address in a certificate may look like, and how constraints catch it (RFC 5280 §4.2.1.10).
enum MailRules {
    private static let at = UInt8(ascii: "@")

    static func isMailbox(_ text: [UInt8]) -> Bool {
        let parts = text.split(separator: at, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return false }
        return parts[0].allSatisfy { (0x21...0x7E).contains($0) } && DNSRules.isHostName(Array(parts[1]))
    }

    /// A mailbox, a host, or with a leading dot every host below.
    static func isConstraint(_ text: [UInt8]) -> Bool {
        text.isEmpty || isMailbox(text) || DNSRules.isHostName(DNSRules.withoutLeadingDot(text))
    }

    static func covers(_ base: [UInt8], _ mailbox: [UInt8]) -> Bool {
        guard let split = mailbox.lastIndex(of: at) else { return false }
        let host = DNSRules.lowercased(Array(mailbox[(split + 1)...]))
        if let baseSplit = base.lastIndex(of: at) {
            let baseHost = DNSRules.lowercased(Array(base[(baseSplit + 1)...]))
            return mailbox[..<split] == base[..<baseSplit] && host == baseHost
        }
        let base = DNSRules.lowercased(base)
        if base.first == UInt8(ascii: ".") {
            return host.count > base.count && host.suffix(base.count).elementsEqual(base)
        }
        return base.isEmpty || host == base
    }
}
