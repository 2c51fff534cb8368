/// The names that an authority may certify (RFC 5280 §4.2.1.10).
struct NameConstraints: Sendable {
    var permitted: [GeneralName]
    var excluded: [GeneralName]
    /// A constraint that says nothing that can be followed, such as an address without its mask; nil where all are well.
    var fault: String?

    init(_ value: ArraySlice<UInt8>) throws(DERFault) {
        var reader = DERReader(try DERReader.single(value, DERTag.sequence).content)
        let permitted = try reader.nextIf(DERTag.contextConstructed(0))
        let excluded = try reader.nextIf(DERTag.contextConstructed(1))
        try reader.requireEnd()
        self.permitted = try permitted.map { (list) throws(DERFault) in try Self.subtrees(list) } ?? []
        self.excluded = try excluded.map { (list) throws(DERFault) in try Self.subtrees(list) } ?? []
        fault = (self.permitted + self.excluded).lazy.compactMap(Self.fault).first
    }

    var isEmpty: Bool { permitted.isEmpty && excluded.isEmpty }

    /// RFC 5280 wants each minimum to be zero, which DER leaves out, and no maximum: so the name stands alone.
    private static func subtrees(_ list: DERElement) throws(DERFault) -> [GeneralName] {
        var names: [GeneralName] = []
        for subtree in try list.children() {
            guard subtree.tag == DERTag.sequence else { throw DERFault() }
            var reader = DERReader(subtree.content)
            names.append(try GeneralName(try reader.next()))
            try reader.requireEnd()
        }
        return names
    }

    private static func fault(_ name: GeneralName) -> String? {
        switch name {
        case .dns(let text): text.isEmpty || DNSRules.isHostName(text) ? nil : GeneralName.printable(text)
        case .email(let text): MailRules.isConstraint(text) ? nil : GeneralName.printable(text)
        case .uri(let text):
            DNSRules.isHostName(DNSRules.withoutLeadingDot(text)) ? nil : GeneralName.printable(text)
        case .address(let bytes): isMasked(bytes) ? nil : "an address of \(bytes.count) octets"
        case .directory, .other: nil
        }
    }

    /// An address and a mask of ones, then zeros.
    private static func isMasked(_ bytes: [UInt8]) -> Bool {
        guard bytes.count == 8 || bytes.count == 32 else { return false }
        let mask = bytes.dropFirst(bytes.count / 2).drop { $0 == 0xFF }
        guard let edge = mask.first else { return true }
        return (~edge).leadingZeroBitCount + (~edge).nonzeroBitCount == 8
            && mask.dropFirst().allSatisfy { $0 == 0 }
    }
}

extension NameConstraints {
    /// The first of the names that may not be certified under these constraints.
    func violation(among names: [GeneralName]) -> Violation? {
        for name in names {
            if excluded.contains(where: { Self.covers($0, name, isExclusion: true) }) { return .excluded(name) }
            let sameKind = permitted.filter { $0.kind == name.kind }
            if !sameKind.isEmpty, !sameKind.contains(where: { Self.covers($0, name, isExclusion: false) }) {
                return .notPermitted(name)
            }
        }
        return nil
    }

    enum Violation {
        case excluded(GeneralName)
        case notPermitted(GeneralName)

        var description: String {
            switch self {
            case .excluded(let name): "\(name.description) is excluded"
            case .notPermitted(let name): "\(name.description) is not among what is permitted"
            }
        }
    }

    /// Where it cannot be decided, for a kind of name that this program does not know, the answer is the one that refuses.
    private static func covers(_ constraint: GeneralName, _ name: GeneralName, isExclusion: Bool) -> Bool {
        switch (constraint, name) {
        case (.dns(let base), .dns(let host)): coversHost(base, host, isExclusion: isExclusion)
        case (.email(let base), .email(let mailbox)): MailRules.covers(base, mailbox)
        case (.directory(let base), .directory(let name)): name.isWithin(base)
        case (.address(let base), .address(let address)): coversAddress(base, address)
        case (.uri(let base), .uri(let uri)): coversURI(base, uri) ?? isExclusion
        case (.other(let kind), .other(let other)): kind == other && isExclusion
        default: false
        }
    }

    private static func coversHost(_ base: [UInt8], _ host: [UInt8], isExclusion: Bool) -> Bool {
        let base = DNSRules.lowercased(base)
        let host = DNSRules.lowercased(host)
        guard host.starts(with: DNSRules.wildcard) else { return DNSRules.isWithin(host, base) }
        let parent = Array(host.dropFirst(2))
        if DNSRules.isWithin(parent, base) { return true }
        // `*.a.example` stands for `b.a.example`, too, which an exclusion of just that must catch.
        return isExclusion && DNSRules.isWithin(base, parent)
            && base.dropLast(parent.count + 1).allSatisfy { $0 != UInt8(ascii: ".") }
    }

    private static func coversAddress(_ base: [UInt8], _ address: [UInt8]) -> Bool {
        guard base.count == address.count * 2 else { return false }
        return address.indices.allSatisfy { index in
            let mask = base[address.count + index]
            return address[index] & mask == base[index] & mask
        }
    }

    private static func coversURI(_ base: [UInt8], _ uri: [UInt8]) -> Bool? {
        let text = String(decoding: uri, as: UTF8.self)
        guard let scheme = text.firstRange(of: "://") else { return nil }
        var authority = text[scheme.upperBound...].prefix { !"/?#".contains($0) }
        if let at = authority.lastIndex(of: "@") { authority = authority[authority.index(after: at)...] }
        let host = DNSRules.lowercased(Array(authority.prefix { $0 != ":" }.utf8))
        guard DNSRules.isHostName(host) else { return nil }
        let base = DNSRules.lowercased(base)
        if base.first == UInt8(ascii: ".") {
            return host.count > base.count && host.suffix(base.count).elementsEqual(base)
        }
        return host == base
    }
}
