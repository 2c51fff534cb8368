import COpenSSL
import Certs
import Testing

private typealias Value = TestExtension

/// One certificate of a chain put wrong, or put right in an unusual way.
struct ChainCase: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Every error that must be found; nothing else may be.
    var errors: Set<CertificateProblem.Code>
    var change: @Sendable (inout TestChain) throws -> Void

    init(
        _ name: String, _ errors: Set<CertificateProblem.Code> = [],
        _ change: @escaping @Sendable (inout TestChain) throws -> Void
    ) {
        testDescription = name
        self.errors = errors
        self.change = change
    }
}

@Suite struct ChainVerificationTests {
    private let keys: TestChain.Keys

    init() throws { keys = try #require(TestChain.Keys.shared) }

    private func check(_ row: ChainCase) throws {
        var chain = TestChain(keys)
        try row.change(&chain)
        let verdict = try chain.verification().verdict()
        #expect(verdict.errors == row.errors, "\(verdict.reasons.map(\.problem.reason))")
        #expect(verdict.isAccepted == row.errors.isEmpty)
    }

    @Test func `a good chain is accepted without a warning`() throws {
        let verdict = try TestChain(keys).verification().verdict()
        #expect(verdict.isAccepted)
        #expect(verdict.reasons.isEmpty)
        #expect(verdict.path == ["CN=\(TestChain.host)", "CN=Test Intermediate", "CN=Test Root"])
    }

    @Test(arguments: ChainCase.structure + ChainCase.times)
    func `what is wrong with structure and dates is found, and only that`(row: ChainCase) throws { try check(row) }

    @Test(arguments: ChainCase.algorithms)
    func `what is wrong with keys and signatures is found, and only that`(row: ChainCase) throws { try check(row) }

    @Test(arguments: ChainCase.names)
    func `what is wrong with names is found, and only that`(row: ChainCase) throws { try check(row) }

    @Test(arguments: ChainCase.extensions)
    func `what is wrong with extensions is found, and only that`(row: ChainCase) throws { try check(row) }

    @Test(arguments: ChainCase.authorities)
    func `what is wrong with authorities is found, and only that`(row: ChainCase) throws { try check(row) }

    @Test(arguments: ChainCase.nameConstraints)
    func `what an authority may not certify is found, and only that`(row: ChainCase) throws { try check(row) }

    @Test func `every code of the rules has a case`() {
        let rows = [
            ChainCase.structure, ChainCase.times, ChainCase.algorithms, ChainCase.names, ChainCase.extensions,
            ChainCase.authorities, ChainCase.nameConstraints,
        ]
        let found = rows.joined().reduce(into: Set<CertificateProblem.Code>()) { $0.formUnion($1.errors) }
        // Ed25519 is only warned about; policies and too many names have tests of their own.
        let elsewhere: Set<CertificateProblem.Code> = [.keyUnsupported, .noAuthorities, .constraintsTooMany]
        let first = CertificateProblem.Code.allCases.firstIndex(of: .certificateMalformed) ?? 0
        let missing = Set(CertificateProblem.Code.allCases[first...]).subtracting(found).subtracting(elsewhere)
        #expect(missing.isEmpty)
    }
}

extension ChainCase {
    static let structure = [
        ChainCase(
            "version 1, no extensions",
            [.versionNot3, .noNames, .usageMissing, .authorityKeyMissing, .nameMismatch]
        ) {
            $0.leaf.version = nil
            $0.leaf.extensions = []
        },
        ChainCase("version 1 with extensions", [.versionNot3, .extensionsNeedVersion3]) { $0.leaf.version = nil },
        ChainCase("version 2 with extensions", [.versionNot3, .extensionsNeedVersion3]) { $0.leaf.version = 1 },
        ChainCase("a version that is none", [.certificateMalformed]) { $0.leaf.version = 3 },
        ChainCase("serial zero", [.serialZero]) { $0.leaf.serial = [0] },
        ChainCase("serial one") { $0.leaf.serial = [1] },
        ChainCase("serial negative", [.serialNegative]) { $0.leaf.serial = [0x80, 1] },
        ChainCase("serial of 21 octets", [.serialTooLong]) {
            $0.leaf.serial = [UInt8](repeating: 0x41, count: 21)
        },
        ChainCase("serial of 20 octets") { $0.leaf.serial = [UInt8](repeating: 0x41, count: 20) },
        ChainCase("serial of the intermediate zero", [.serialZero]) { $0.intermediate.serial = [0] },
        ChainCase("serial of the root zero, as some real ones") { $0.root.serial = [0] },
        ChainCase("serial not in its shortest form", [.certificateMalformed]) { $0.leaf.serial = [0, 1] },
        ChainCase("unique identifier", [.uniqueIdentifier]) {
            $0.leaf.uniqueIdentifier = DERWriter.element(0x81, [0, 1])
        },
        ChainCase("something after the extensions", [.certificateMalformed]) { $0.leaf.trailer = DERWriter.null },
        ChainCase("empty issuer", [.issuerEmpty, .noPath]) { $0.leaf.issuer = DERWriter.sequence() },
        ChainCase("NUL in the subject", [.nameHoldsNUL, .commonNameNotListed]) {
            $0.leaf.subject = DERWriter.name("\(TestChain.host)\0.evil.example")
        },
        ChainCase("another issuer", [.noPath]) { $0.leaf.issuer = DERWriter.name("Nobody") },
        ChainCase("the intermediate left out", [.noPath]) { $0.isIntermediateLeftOut = true },
        ChainCase("signed by another key", [.signatureInvalid]) { $0.leafSigner = $0.keys.root },
        ChainCase("the intermediate signed by another key", [.noPath]) { $0.intermediateSigner = $0.keys.leaf },
    ]

    static let times = [
        ChainCase("expired a second ago", [.expired]) { $0.time = 1_806_537_601 },
        ChainCase("in its last second") { $0.time = 1_806_537_600 },
        ChainCase("in its first second") { $0.time = 1_798_761_600 },
        ChainCase("a second too early", [.notYetValid]) {
            $0.time = 1_798_761_599
            $0.root.notBefore = DERWriter.utcTime("260101000000Z")
            $0.intermediate.notBefore = DERWriter.utcTime("260101000000Z")
        },
        ChainCase("intermediate expired", [.expired]) {
            $0.intermediate.notAfter = DERWriter.utcTime("270102000000Z")
        },
        ChainCase("root expired", [.expired]) { $0.root.notAfter = DERWriter.utcTime("270102000000Z") },
        ChainCase("ends before it begins", [.validityInverted, .expired]) {
            $0.leaf.notAfter = DERWriter.utcTime("260101000000Z")
        },
        ChainCase("GeneralizedTime before 2050", [.timeEncoding]) {
            $0.leaf.notAfter = DERWriter.generalizedTime("20270401000000Z")
        },
        ChainCase("GeneralizedTime after 2049") {
            $0.root.notAfter = DERWriter.generalizedTime("20501231235959Z")
        },
        ChainCase("UTCTime without seconds", [.certificateMalformed]) {
            $0.leaf.notAfter = DERWriter.utcTime("2704010000Z")
        },
        ChainCase("UTCTime with an offset", [.certificateMalformed]) {
            $0.leaf.notAfter = DERWriter.utcTime("270401000000+0000")
        },
        ChainCase("GeneralizedTime with a fraction", [.certificateMalformed]) {
            $0.leaf.notAfter = DERWriter.generalizedTime("20270401000000.5Z")
        },
        ChainCase("a day that is none", [.certificateMalformed]) {
            $0.leaf.notAfter = DERWriter.utcTime("270230000000Z")
        },
        ChainCase("200 days, issued when 200 were allowed") {
            $0.leaf.notAfter = DERWriter.utcTime("270719235959Z")
        },
        ChainCase("a second more than 200 days", [.lifetimeTooLong]) {
            $0.leaf.notAfter = DERWriter.utcTime("270720000000Z")
        },
        ChainCase("398 days, issued when 398 were allowed") {
            $0.leaf.notBefore = DERWriter.utcTime("260314000000Z")
            $0.leaf.notAfter = DERWriter.utcTime("270415235959Z")
        },
        ChainCase("399 days then", [.lifetimeTooLong]) {
            $0.leaf.notBefore = DERWriter.utcTime("260314000000Z")
            $0.leaf.notAfter = DERWriter.utcTime("270416235959Z")
        },
        ChainCase("a thousand years, issued before there was a limit") {
            $0.leaf.notBefore = DERWriter.utcTime("700101000000Z")
            $0.leaf.notAfter = DERWriter.generalizedTime("29690503000000Z")
        },
    ]

    static let algorithms = [
        ChainCase("RSA 2048") { try $0.useLeafKey(TestKey.rsa(2048)) },
        ChainCase("RSA 1024", [.weakKey]) { try $0.useLeafKey(TestKey.rsa(1024)) },
        ChainCase("RSA 2050", [.keySizeOdd]) { try $0.useLeafKey(TestKey.rsa(2050)) },
        ChainCase("RSA with the exponent 1", [.keyMalformed]) {
            $0.leaf.publicKey = DERWriter.rsaKey(modulus: [UInt8](repeating: 0x7F, count: 256), exponent: [1])
        },
        ChainCase("P-384") { try $0.useLeafKey(TestKey.curve("P-384")) },
        ChainCase("P-521") { try $0.useLeafKey(TestKey.curve("P-521")) },
        ChainCase("P-192", [.keyForbidden]) { try $0.useLeafKey(TestKey.curve("prime192v1")) },
        ChainCase("P-224", [.keyForbidden]) { try $0.useLeafKey(TestKey.curve("secp224r1")) },
        ChainCase("secp256k1", [.keyForbidden]) { try $0.useLeafKey(TestKey.curve("secp256k1")) },
        ChainCase("Ed25519, which OpenSSL takes and browsers do not") { try $0.useLeafKey(TestKey.ed25519()) },
        ChainCase("DSA", [.keyForbidden]) {
            $0.leaf.publicKey = DERWriter.sequence(
                DERWriter.sequence(DERWriter.oid("1.2.840.10040.4.1")), DERWriter.bits(DERWriter.integer([5])))
        },
        ChainCase("a key that is none", [.keyMalformed]) {
            $0.leaf.publicKey = DERWriter.sequence(
                DERWriter.sequence(DERWriter.oid("1.2.840.113549.1.1.1"), DERWriter.null), DERWriter.bits([]))
        },
        ChainCase("a weak intermediate", [.weakKey]) {
            let key = try TestKey.rsa(1024)
            $0.intermediate.publicKey = key.publicKey
            $0.leafSigner = key
            $0.leaf.algorithm = DERWriter.rsaSHA256
        },
        ChainCase("a weak root", [.weakKey]) { try $0.useRootKey(TestKey.rsa(1024)) },
        ChainCase("a root of odd size", [.keySizeOdd]) { try $0.useRootKey(TestKey.rsa(2050)) },
        ChainCase("an RSA root") { try $0.useRootKey(TestKey.rsa(2048)) },
        ChainCase("SHA-1", [.weakSignature]) {
            $0.leaf.algorithm = DERWriter.sequence(DERWriter.oid("1.2.840.10045.4.1"))
            $0.leaf.digest = EVP_sha1()
        },
        ChainCase("SHA-1 under the intermediate", [.weakSignature]) {
            $0.intermediate.algorithm = DERWriter.sequence(DERWriter.oid("1.2.840.10045.4.1"))
            $0.intermediate.digest = EVP_sha1()
        },
        ChainCase("SHA-1 under the root, which nobody asks") {
            $0.root.algorithm = DERWriter.sequence(DERWriter.oid("1.2.840.10045.4.1"))
            $0.root.digest = EVP_sha1()
        },
        ChainCase("MD5", [.weakSignature]) {
            let key = try TestKey.rsa(2048)
            $0.intermediate.publicKey = key.publicKey
            $0.leafSigner = key
            $0.leaf.algorithm = DERWriter.sequence(DERWriter.oid("1.2.840.113549.1.1.4"), DERWriter.null)
            $0.leaf.digest = EVP_md5()
        },
        ChainCase("SHA-224", [.signatureAlgorithmForbidden]) {
            $0.leaf.algorithm = DERWriter.sequence(DERWriter.oid("1.2.840.10045.4.3.1"))
            $0.leaf.digest = EVP_sha224()
        },
        ChainCase("ECDSA with parameters", [.signatureAlgorithmForbidden]) {
            $0.leaf.algorithm = DERWriter.sequence(DERWriter.oid("1.2.840.10045.4.3.2"), DERWriter.null)
        },
        ChainCase("the two algorithms differ", [.signatureAlgorithmMismatch, .signatureInvalid]) {
            $0.leaf.outerAlgorithm = DERWriter.sequence(DERWriter.oid("1.2.840.10045.4.3.3"))
        },
        ChainCase("the root's two algorithms differ", [.signatureAlgorithmMismatch]) {
            $0.root.outerAlgorithm = DERWriter.sequence(DERWriter.oid("1.2.840.10045.4.3.3"))
        },
        ChainCase("RSASSA-PSS") { try $0.usePSS(salt: 32, digest: "2.16.840.1.101.3.4.2.1") },
        ChainCase("RSASSA-PSS that claims another salt", [.signatureAlgorithmForbidden]) {
            try $0.usePSS(salt: 20, digest: "2.16.840.1.101.3.4.2.1")
        },
    ]
}

extension TestChain {
    fileprivate mutating func useLeafKey(_ key: TestKey) {
        leaf.publicKey = key.publicKey
        leaf.set(Value.subjectKey, DERWriter.octets(key.identifier))
    }

    fileprivate mutating func useRootKey(_ key: TestKey) {
        root.publicKey = key.publicKey
        root.algorithm = DERWriter.rsaSHA256
        intermediate.algorithm = DERWriter.rsaSHA256
        root.set(Value.subjectKey, DERWriter.octets(key.identifier))
        root.set(Value.authorityKey, Value.authorityKeyValue(key.identifier))
        intermediate.set(Value.authorityKey, Value.authorityKeyValue(key.identifier))
        rootSigner = key
        intermediateSigner = key
    }

    fileprivate mutating func usePSS(salt: UInt8, digest: String) throws {
        let key = try TestKey.rsa(2048)
        intermediate.publicKey = key.publicKey
        leafSigner = key
        leaf.saltLength = Int32(salt)
        let hash = DERWriter.sequence(DERWriter.oid(digest), DERWriter.null)
        leaf.algorithm = DERWriter.sequence(
            DERWriter.oid("1.2.840.113549.1.1.10"),
            DERWriter.sequence(
                DERWriter.element(0xA0, hash),
                DERWriter.element(0xA1, DERWriter.sequence(DERWriter.oid("1.2.840.113549.1.1.8"), hash)),
                DERWriter.element(0xA2, DERWriter.integer([salt]))))
    }
}

extension DERWriter {
    static let rsaSHA256 = sequence(oid("1.2.840.113549.1.1.11"), null)

    static func rsaKey(modulus: [UInt8], exponent: [UInt8]) -> [UInt8] {
        sequence(
            sequence(oid("1.2.840.113549.1.1.1"), null), bits(sequence(integer(modulus), integer(exponent))))
    }
}
