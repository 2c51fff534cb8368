import Certs

/// Root, intermediate and leaf for `notes.care.example`, good in every way until a test puts something wrong.
struct TestChain {
    struct Keys: Sendable {
        let root: TestKey
        let intermediate: TestKey
        let leaf: TestKey

        static let shared = try? Keys()

        init() throws {
            root = try TestKey.curve("P-256")
            intermediate = try TestKey.curve("P-256")
            leaf = try TestKey.curve("P-256")
        }
    }

    /// 2027-01-15.
    static let time: Int64 = 1_800_000_000
    static let host = "notes.care.example"

    let keys: Keys
    var root = TestCertificate()
    var intermediate = TestCertificate()
    var leaf = TestCertificate()
    /// Signs the leaf, where another than the intermediate's key is to.
    var leafSigner: TestKey?
    var rootSigner: TestKey?
    var intermediateSigner: TestKey?
    /// Given after the intermediate.
    var others: [[UInt8]] = []
    var otherRoots: [[UInt8]] = []
    var isIntermediateLeftOut = false
    var host = TestChain.host
    var time = TestChain.time

    init(_ keys: Keys) {
        self.keys = keys
        let names = (root: DERWriter.name("Test Root"), intermediate: DERWriter.name("Test Intermediate"))
        root = Self.authority(names.root, names.root, keys.root, issuer: keys.root)
        intermediate = Self.authority(names.intermediate, names.root, keys.intermediate, issuer: keys.root)
        leaf.subject = DERWriter.name(Self.host)
        leaf.issuer = names.intermediate
        leaf.publicKey = keys.leaf.publicKey
        leaf.set(TestExtension.basicConstraints, critical: true, TestExtension.constraints(authority: false))
        leaf.set(TestExtension.keyUsage, critical: true, TestExtension.usage(0))
        leaf.set(TestExtension.extendedKeyUsage, TestExtension.usages(TestExtension.server))
        leaf.set(TestExtension.subjectNames, TestExtension.names(TestExtension.dns(Self.host)))
        leaf.set(TestExtension.subjectKey, DERWriter.octets(keys.leaf.identifier))
        leaf.set(TestExtension.authorityKey, TestExtension.authorityKeyValue(keys.intermediate.identifier))
    }

    static func authority(
        _ subject: [UInt8], _ issuerName: [UInt8], _ key: TestKey, issuer: TestKey
    ) -> TestCertificate {
        var made = TestCertificate()
        made.subject = subject
        made.issuer = issuerName
        made.notAfter = DERWriter.utcTime("351231235959Z")
        made.publicKey = key.publicKey
        made.set(TestExtension.basicConstraints, critical: true, TestExtension.constraints(authority: true))
        made.set(TestExtension.keyUsage, critical: true, TestExtension.usage(5, 6))
        made.set(TestExtension.subjectKey, DERWriter.octets(key.identifier))
        made.set(TestExtension.authorityKey, TestExtension.authorityKeyValue(issuer.identifier))
        return made
    }

    func verification() throws -> ChainVerification {
        let root = try root.signed(by: rootSigner ?? keys.root)
        let middle = try intermediate.signed(by: intermediateSigner ?? keys.root)
        let leaf = try leaf.signed(by: leafSigner ?? keys.intermediate)
        let chain = [leaf] + (isIntermediateLeftOut ? [] : [middle]) + others
        return ChainVerification(
            authorities: ([root] + otherRoots).flatMap(TestPEM.certificate),
            chain: chain.flatMap(TestPEM.certificate), host: host, time: time)
    }
}

extension ChainVerdict {
    var errors: Set<CertificateProblem.Code> {
        Set(reasons.filter { $0.problem.severity == .error }.map(\.problem.code))
    }
}
