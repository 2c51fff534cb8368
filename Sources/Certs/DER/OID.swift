/// An object identifier, as its encoded octets.
struct OID: Hashable, Sendable {
    var octets: [UInt8]

    init(_ element: DERElement) throws(DERFault) {
        guard element.tag == DERTag.oid, let last = element.content.last, last < 0x80 else { throw DERFault() }
        octets = Array(element.content)
    }
}

extension OID: ExpressibleByStringLiteral, CustomStringConvertible {
    /// From its arcs, such as `2.5.29.17`.
    init(stringLiteral text: String) {
        let arcs = text.split(separator: ".").compactMap { UInt64($0) }
        octets = []
        guard arcs.count >= 2 else { return }
        for arc in [arcs[0] * 40 + arcs[1]] + arcs.dropFirst(2) {
            var digits = [UInt8(arc & 0x7F)]
            var rest = arc >> 7
            while rest > 0 {
                digits.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
                rest >>= 7
            }
            octets += digits
        }
    }

    var description: String {
        var arcs: [UInt64] = []
        var arc: UInt64 = 0
        for octet in octets {
            // An arc that does not fit is shown cut short: it is only for people.
            arc = arc &<< 7 | UInt64(octet & 0x7F)
            if octet < 0x80 {
                arcs.append(arc)
                arc = 0
            }
        }
        guard let first = arcs.first else { return "" }
        let root = min(first / 40, 2)
        return ([root, first - root * 40] + arcs.dropFirst()).map(String.init).joined(separator: ".")
    }
}

extension OID {
    // Extensions: RFC 5280 §4.2, RFC 6962, RFC 7633.
    static let subjectKey: OID = "2.5.29.14"
    static let keyUsage: OID = "2.5.29.15"
    static let subjectNames: OID = "2.5.29.17"
    static let issuerNames: OID = "2.5.29.18"
    static let basicConstraints: OID = "2.5.29.19"
    static let nameConstraints: OID = "2.5.29.30"
    static let distributionPoints: OID = "2.5.29.31"
    static let policies: OID = "2.5.29.32"
    static let policyMappings: OID = "2.5.29.33"
    static let authorityKey: OID = "2.5.29.35"
    static let policyConstraints: OID = "2.5.29.36"
    static let extendedKeyUsage: OID = "2.5.29.37"
    static let inhibitAnyPolicy: OID = "2.5.29.54"
    static let authorityAccess: OID = "1.3.6.1.5.5.7.1.1"
    static let tlsFeature: OID = "1.3.6.1.5.5.7.1.24"
    static let precertificatePoison: OID = "1.3.6.1.4.1.11129.2.4.3"

    // Extended key usages.
    static let anyUsage: OID = "2.5.29.37.0"
    static let serverUsage: OID = "1.3.6.1.5.5.7.3.1"
    static let clientUsage: OID = "1.3.6.1.5.5.7.3.2"

    static let commonName: OID = "2.5.4.3"
    static let emailAddress: OID = "1.2.840.113549.1.9.1"

    /// What people call it, where this program knows; else its arcs.
    var name: String { Self.names[self] ?? description }

    private static let names: [OID: String] = [
        subjectKey: "subjectKeyIdentifier", keyUsage: "keyUsage", subjectNames: "subjectAltName",
        issuerNames: "issuerAltName", basicConstraints: "basicConstraints", nameConstraints: "nameConstraints",
        distributionPoints: "cRLDistributionPoints", policies: "certificatePolicies",
        policyMappings: "policyMappings", authorityKey: "authorityKeyIdentifier",
        policyConstraints: "policyConstraints", extendedKeyUsage: "extKeyUsage",
        inhibitAnyPolicy: "inhibitAnyPolicy", authorityAccess: "authorityInfoAccess", tlsFeature: "tlsfeature",
        anyUsage: "anyExtendedKeyUsage", serverUsage: "serverAuth", clientUsage: "clientAuth",
        "1.3.6.1.5.5.7.3.3": "codeSigning", "1.3.6.1.5.5.7.3.4": "emailProtection",
        "1.3.6.1.5.5.7.3.8": "timeStamping", "1.3.6.1.5.5.7.3.9": "OCSPSigning",
        "1.3.6.1.4.1.11129.2.4.4": "precertificate signing", "1.2.840.113549.1.1.4": "md5WithRSA",
        "1.2.840.113549.1.1.5": "sha1WithRSA", "1.2.840.10045.4.1": "ecdsa-with-SHA1",
        "1.2.840.10040.4.3": "dsa-with-SHA1", "1.2.840.10040.4.1": "DSA", "1.3.132.0.10": "secp256k1",
        "1.2.840.10045.3.1.1": "P-192", "1.3.132.0.33": "P-224", "1.2.840.113549.1.1.10": "RSASSA-PSS",
        "2.16.840.1.101.3.4.3.2": "dsa-with-SHA256",
    ]
}
