import COpenSSL
import Foundation

/// A certificate to be: every field may be put wrong before it is signed.
struct TestCertificate {
    struct Extension {
        var identifier: String
        var isCritical: Bool
        var value: [UInt8]
    }

    /// What stands in it: 2 is version 3; nil leaves it out, which is version 1.
    var version: UInt8? = 2
    var serial: [UInt8] = [0x4B, 1, 2, 3, 4, 5, 6, 7]
    var algorithm = TestCertificate.ecdsaSHA256
    /// The algorithm beside the signature, where it is to differ.
    var outerAlgorithm: [UInt8]?
    var issuer: [UInt8] = []
    var subject: [UInt8] = []
    var notBefore = DERWriter.utcTime("270101000000Z")
    var notAfter = DERWriter.utcTime("270401000000Z")
    var publicKey: [UInt8] = []
    var uniqueIdentifier: [UInt8] = []
    var extensions: [Extension] = []
    /// What is appended to the signed part.
    var trailer: [UInt8] = []
    var digest: OpaquePointer? = EVP_sha256()
    /// For RSASSA-PSS.
    var saltLength: Int32?

    static let ecdsaSHA256 = DERWriter.sequence(DERWriter.oid("1.2.840.10045.4.3.2"))

    func signed(by key: TestKey) throws -> [UInt8] {
        let list = extensions.flatMap { part in
            DERWriter.sequence(
                DERWriter.oid(part.identifier), part.isCritical ? DERWriter.yes : [], DERWriter.octets(part.value))
        }
        let body = DERWriter.sequence(
            version.map { DERWriter.element(0xA0, DERWriter.integer([$0])) } ?? [],
            DERWriter.integer(serial), algorithm, issuer, DERWriter.sequence(notBefore, notAfter), subject,
            publicKey,
            uniqueIdentifier,
            extensions.isEmpty ? [] : DERWriter.element(0xA3, DERWriter.element(0x30, list)), trailer)
        let signature = try key.sign(body, digest: digest, saltLength: saltLength)
        return DERWriter.sequence(body, outerAlgorithm ?? algorithm, DERWriter.bits(signature))
    }

    subscript(identifier: String) -> Extension? {
        get { extensions.first { $0.identifier == identifier } }
        set {
            let index = extensions.firstIndex { $0.identifier == identifier }
            if let index { extensions.remove(at: index) }
            if let newValue { extensions.insert(newValue, at: index ?? extensions.count) }
        }
    }

    mutating func set(_ identifier: String, critical: Bool = false, _ value: [UInt8]) {
        self[identifier] = Extension(identifier: identifier, isCritical: critical, value: value)
    }
}

/// The extensions' values and identifiers.
enum TestExtension {
    static let subjectKey = "2.5.29.14"
    static let keyUsage = "2.5.29.15"
    static let subjectNames = "2.5.29.17"
    static let basicConstraints = "2.5.29.19"
    static let nameConstraints = "2.5.29.30"
    static let policies = "2.5.29.32"
    static let authorityKey = "2.5.29.35"
    static let policyConstraints = "2.5.29.36"
    static let extendedKeyUsage = "2.5.29.37"
    static let authorityAccess = "1.3.6.1.5.5.7.1.1"

    static func constraints(authority: Bool, pathLength: UInt8? = nil) -> [UInt8] {
        DERWriter.sequence(authority ? DERWriter.yes : [], pathLength.map { DERWriter.integer([$0]) } ?? [])
    }

    /// By bit: 0 digitalSignature, 2 keyEncipherment, 5 keyCertSign, 6 cRLSign.
    static func usage(_ bits: Int...) -> [UInt8] {
        let byte = bits.reduce(UInt8(0)) { $0 | 0x80 >> UInt8($1) }
        return byte == 0 ? DERWriter.bits([]) : DERWriter.bits([byte], unused: UInt8(byte.trailingZeroBitCount))
    }

    static func usages(_ oids: String...) -> [UInt8] { DERWriter.element(0x30, oids.flatMap(DERWriter.oid)) }
    static let server = "1.3.6.1.5.5.7.3.1"
    static let client = "1.3.6.1.5.5.7.3.2"
    static let any = "2.5.29.37.0"

    static func names(_ names: [UInt8]...) -> [UInt8] { DERWriter.element(0x30, names.flatMap(\.self)) }
    static func dns(_ name: String) -> [UInt8] { DERWriter.element(0x82, Array(name.utf8)) }
    static func email(_ name: String) -> [UInt8] { DERWriter.element(0x81, Array(name.utf8)) }
    static func uri(_ name: String) -> [UInt8] { DERWriter.element(0x86, Array(name.utf8)) }
    static func address(_ octets: UInt8...) -> [UInt8] { DERWriter.element(0x87, octets) }
    static func directory(_ name: [UInt8]) -> [UInt8] { DERWriter.element(0xA4, name) }
    static func otherName() -> [UInt8] {
        DERWriter.element(
            0xA0, DERWriter.oid("1.3.6.1.4.1.55555.1") + DERWriter.element(0xA0, DERWriter.null))
    }

    static func authorityKeyValue(_ identifier: [UInt8]) -> [UInt8] {
        DERWriter.sequence(DERWriter.element(0x80, identifier))
    }

    static func limits(permitted: [[UInt8]] = [], excluded: [[UInt8]] = []) -> [UInt8] {
        func subtrees(_ tag: UInt8, _ names: [[UInt8]]) -> [UInt8] {
            names.isEmpty ? [] : DERWriter.element(tag, names.flatMap { DERWriter.sequence($0) })
        }
        return DERWriter.sequence(subtrees(0xA0, permitted), subtrees(0xA1, excluded))
    }
}

enum TestPEM {
    static func certificate(_ der: [UInt8]) -> [UInt8] {
        let body = Data(der).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
        return Array("-----BEGIN CERTIFICATE-----\n\(body)\n-----END CERTIFICATE-----\n".utf8)
    }
}
