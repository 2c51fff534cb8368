/// What kind of key a certificate holds (RFC 5280 §4.1.2.7), and whether the web takes it.
struct PublicKeyFacts {
    enum Kind: Equatable {
        case rsa(bits: Int)
        case curve(OID)
        /// Ed25519 or Ed448.
        case edwards
        case other(OID)
        case malformed
    }

    var kind: Kind

    static let curves: Set<OID> = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"]
    private static let edwards: Set<OID> = ["1.3.101.112", "1.3.101.113"]

    init(_ element: DERElement) {
        do throws(DERFault) {
            kind = try Self.kind(element)
        } catch {
            kind = .malformed
        }
    }

    private static func kind(_ element: DERElement) throws(DERFault) -> Kind {
        var reader = DERReader(element.content)
        var algorithm = DERReader(try reader.next(DERTag.sequence).content)
        let key = try reader.next(DERTag.bitString).content
        try reader.requireEnd()
        guard key.first == 0 else { throw DERFault() }
        let identifier = try OID(try algorithm.next(DERTag.oid))
        switch identifier {
        case "1.2.840.113549.1.1.1":
            guard try algorithm.next(DERTag.null).content.isEmpty else { throw DERFault() }
            try algorithm.requireEnd()
            return .rsa(bits: try modulusBits(key.dropFirst()))
        case "1.2.840.10045.2.1":
            // Only a named curve is an OID; parameters of one's own making are a way to forge (CVE-2020-0601).
            let curve = try OID(try algorithm.next(DERTag.oid))
            try algorithm.requireEnd()
            return .curve(curve)
        case _ where edwards.contains(identifier): return .edwards
        default: return .other(identifier)
        }
    }

    private static func modulusBits(_ key: ArraySlice<UInt8>) throws(DERFault) -> Int {
        var reader = DERReader(try DERReader.single(key, DERTag.sequence).content)
        let modulus = try reader.next(DERTag.integer).integer()
        let exponent = try reader.next(DERTag.integer).integer()
        try reader.requireEnd()
        let digits = modulus.drop { $0 == 0 }
        // An exponent of 1 encrypts nothing; an even one has no inverse.
        guard modulus[0] < 0x80, let first = digits.first, let last = exponent.last, exponent[0] < 0x80,
            last & 1 == 1,
            exponent != [1]
        else { throw DERFault() }
        return digits.count * 8 - first.leadingZeroBitCount
    }

    var problems: [CertificateProblem] {
        switch kind {
        case .rsa(let bits) where bits < 2048: [CertificateProblem(.weakKey, .error, "RSA, \(bits) bits")]
        case .rsa(let bits) where bits % 8 != 0: [CertificateProblem(.keySizeOdd, .error, "RSA, \(bits) bits")]
        case .curve(let curve) where !Self.curves.contains(curve):
            [CertificateProblem(.keyForbidden, .error, curve.name)]
        case .other(let identifier): [CertificateProblem(.keyForbidden, .error, identifier.name)]
        case .edwards: [CertificateProblem(.keyUnsupported, .warning, "Ed25519 or Ed448")]
        case .malformed: [CertificateProblem(.keyMalformed)]
        case .rsa, .curve: []
        }
    }
}
