/// What stands in a certificate (RFC 5280 §4.1), taken from its bytes without any judgement but that it is DER.
struct CertificateContents: Sendable {
    struct Extension: Sendable {
        var identifier: OID
        var isCritical: Bool
        var value: ArraySlice<UInt8>
    }

    /// 1, 2 or 3; what stands in the certificate is one less.
    var version: Int
    /// Two's complement.
    var serialNumber: [UInt8]
    /// The algorithm that is signed along.
    var signedAlgorithm: DERElement
    /// The algorithm that stands beside the signature.
    var outerAlgorithm: DERElement
    var issuer: DistinguishedName
    var subject: DistinguishedName
    var notBefore: CertificateTime
    var notAfter: CertificateTime
    var publicKey: DERElement
    var hasUniqueIdentifier = false
    var extensions: [Extension] = []

    init(der: [UInt8]) throws(DERFault) {
        var outer = DERReader(try DERReader.single(der[...], DERTag.sequence).content)
        var signed = DERReader(try outer.next(DERTag.sequence).content)
        outerAlgorithm = try outer.next(DERTag.sequence)
        _ = try outer.next(DERTag.bitString)
        try outer.requireEnd()

        version = try Self.version(&signed)
        serialNumber = try signed.next(DERTag.integer).integer()
        signedAlgorithm = try signed.next(DERTag.sequence)
        issuer = try DistinguishedName(try signed.next(DERTag.sequence))
        var validity = DERReader(try signed.next(DERTag.sequence).content)
        notBefore = try CertificateTime(try validity.next())
        notAfter = try CertificateTime(try validity.next())
        try validity.requireEnd()
        subject = try DistinguishedName(try signed.next(DERTag.sequence))
        publicKey = try signed.next(DERTag.sequence)
        try readRest(&signed)
    }

    private static func version(_ reader: inout DERReader) throws(DERFault) -> Int {
        guard let element = try reader.nextIf(DERTag.contextConstructed(0)) else { return 1 }
        let number = try DERReader.single(element.content, DERTag.integer).smallInteger()
        guard number <= 2 else { throw DERFault() }
        return number + 1
    }

    private mutating func readRest(_ reader: inout DERReader) throws(DERFault) {
        for number: UInt8 in [1, 2] where try reader.nextIf(DERTag.context(number)) != nil {
            hasUniqueIdentifier = true
        }
        if let element = try reader.nextIf(DERTag.contextConstructed(3)) {
            for part in try DERReader.single(element.content, DERTag.sequence).children() {
                extensions.append(try Self.readExtension(part))
            }
            guard !extensions.isEmpty else { throw DERFault() }
        }
        try reader.requireEnd()
    }

    private static func readExtension(_ element: DERElement) throws(DERFault) -> Extension {
        guard element.tag == DERTag.sequence else { throw DERFault() }
        var reader = DERReader(element.content)
        let identifier = try OID(try reader.next(DERTag.oid))
        let isCritical = try reader.nextIf(DERTag.boolean)?.boolean() ?? false
        let value = try reader.next(DERTag.octetString).content
        try reader.requireEnd()
        return Extension(identifier: identifier, isCritical: isCritical, value: value)
    }

    func find(_ identifier: OID) -> Extension? { extensions.first { $0.identifier == identifier } }

    var isSelfIssued: Bool { issuer == subject }
}
