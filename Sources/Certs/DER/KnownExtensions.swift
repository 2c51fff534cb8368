/// The extensions that decide something, decoded. One that is there and not decodable stands in `malformed` and counts as
/// absent here.
struct KnownExtensions: Sendable {
    struct BasicConstraints: Sendable {
        var isAuthority: Bool
        var pathLength: Int?
    }

    struct AuthorityKey: Sendable {
        var keyIdentifier: [UInt8]?
        var hasIssuerOrSerial: Bool
    }

    /// The bits of keyUsage (RFC 5280 §4.2.1.3).
    struct KeyUsage: Sendable {
        var bits: [Bool]
        var isEmpty: Bool { !bits.contains(true) }
        var digitalSignature: Bool { has(0) }
        var keyEncipherment: Bool { has(2) }
        var keyAgreement: Bool { has(4) }
        var certificateSigning: Bool { has(5) }
        private func has(_ index: Int) -> Bool { index < bits.count && bits[index] }
    }

    var basicConstraints: BasicConstraints?
    var keyUsage: KeyUsage?
    var extendedUsages: [OID]?
    var subjectNames: [GeneralName]?
    var authorityKey: AuthorityKey?
    var subjectKey: [UInt8]?
    var nameConstraints: NameConstraints?
    var malformed: [OID] = []

    var isAuthority: Bool { basicConstraints?.isAuthority ?? false }

    init(_ contents: CertificateContents) {
        for part in contents.extensions {
            do throws(DERFault) {
                try take(part.identifier, part.value)
            } catch {
                malformed.append(part.identifier)
            }
        }
    }

    private mutating func take(_ identifier: OID, _ value: ArraySlice<UInt8>) throws(DERFault) {
        switch identifier {
        case .basicConstraints: basicConstraints = try Self.basicConstraints(value)
        case .keyUsage:
            keyUsage = KeyUsage(bits: try DERReader.single(value, DERTag.bitString).namedBits())
        case .extendedKeyUsage: extendedUsages = try Self.oids(value)
        case .subjectNames: subjectNames = try GeneralName.list(value)
        case .issuerNames: _ = try GeneralName.list(value)
        case .authorityKey: authorityKey = try Self.authorityKey(value)
        case .subjectKey: subjectKey = Array(try DERReader.single(value, DERTag.octetString).content)
        case .nameConstraints: nameConstraints = try NameConstraints(value)
        case .authorityAccess: try Self.requireAccess(value)
        case .policies, .distributionPoints, .policyMappings: try Self.requireParts(value)
        case .policyConstraints: _ = try DERReader.single(value, DERTag.sequence).children()
        case .inhibitAnyPolicy: _ = try DERReader.single(value, DERTag.integer).smallInteger()
        default: break
        }
    }

    private static func basicConstraints(_ value: ArraySlice<UInt8>) throws(DERFault) -> BasicConstraints {
        var reader = DERReader(try DERReader.single(value, DERTag.sequence).content)
        let isAuthority = try reader.nextIf(DERTag.boolean)?.boolean() ?? false
        let pathLength = try reader.nextIf(DERTag.integer)?.smallInteger()
        try reader.requireEnd()
        return BasicConstraints(isAuthority: isAuthority, pathLength: pathLength)
    }

    private static func oids(_ value: ArraySlice<UInt8>) throws(DERFault) -> [OID] {
        var oids: [OID] = []
        for element in try DERReader.single(value, DERTag.sequence).children() { oids.append(try OID(element)) }
        return oids
    }

    private static func authorityKey(_ value: ArraySlice<UInt8>) throws(DERFault) -> AuthorityKey {
        var reader = DERReader(try DERReader.single(value, DERTag.sequence).content)
        let identifier = try reader.nextIf(DERTag.context(0)).map { Array($0.content) }
        let issuer = try reader.nextIf(DERTag.contextConstructed(1))
        let serial = try reader.nextIf(DERTag.context(2))
        try reader.requireEnd()
        return AuthorityKey(keyIdentifier: identifier, hasIssuerOrSerial: issuer != nil || serial != nil)
    }

    private static func requireAccess(_ value: ArraySlice<UInt8>) throws(DERFault) {
        let parts = try DERReader.single(value, DERTag.sequence).children()
        guard !parts.isEmpty else { throw DERFault() }
        for part in parts {
            var reader = DERReader(part.content)
            _ = try OID(try reader.next(DERTag.oid))
            _ = try GeneralName(try reader.next())
            try reader.requireEnd()
        }
    }

    private static func requireParts(_ value: ArraySlice<UInt8>) throws(DERFault) {
        let parts = try DERReader.single(value, DERTag.sequence).children()
        guard !parts.isEmpty, parts.allSatisfy({ $0.tag == DERTag.sequence }) else { throw DERFault() }
    }
}
