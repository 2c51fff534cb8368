import Certs
import Testing

/// Chains with more than one way, or none.
@Suite struct PathBuildingTests {
    private let keys: TestChain.Keys
    private let chain: TestChain

    init() throws {
        keys = try #require(TestChain.Keys.shared)
        chain = TestChain(keys)
    }

    private func verdict(
        leaf: TestCertificate? = nil, intermediates: [[UInt8]], authorities: [[UInt8]],
        host: String = TestChain.host
    ) throws -> ChainVerdict {
        let leaf = try (leaf ?? chain.leaf).signed(by: keys.intermediate)
        return ChainVerification(
            authorities: authorities.flatMap(TestPEM.certificate),
            chain: ([leaf] + intermediates).flatMap(TestPEM.certificate), host: host, time: TestChain.time
        ).verdict()
    }

    private var root: [UInt8] { get throws { try chain.root.signed(by: keys.root) } }
    private var middle: [UInt8] { get throws { try chain.intermediate.signed(by: keys.root) } }

    @Test func `order and extra intermediates do not matter`() throws {
        let stranger = TestChain.authority(
            DERWriter.name("Stranger"), DERWriter.name("Nobody"), keys.leaf, issuer: keys.leaf)
        let extra = try stranger.signed(by: keys.leaf)
        #expect(try verdict(intermediates: [extra, middle], authorities: [root]).isAccepted)
        #expect(try verdict(intermediates: [middle, root, extra], authorities: [extra, root]).isAccepted)
    }

    @Test func `a wrong order and a root in the chain are warned about`() throws {
        let second = TestChain.authority(
            DERWriter.name("Second"), DERWriter.name("Test Root"), keys.leaf, issuer: keys.root)
        let middle = TestChain.authority(
            DERWriter.name("Test Intermediate"), DERWriter.name("Second"), keys.intermediate, issuer: keys.leaf)
        let parts = (first: try middle.signed(by: keys.leaf), second: try second.signed(by: keys.root))
        func codes(_ intermediates: [[UInt8]]) throws -> [CertificateProblem.Code] {
            let result = try verdict(intermediates: intermediates, authorities: [root])
            #expect(result.isAccepted)
            return result.reasons.map(\.problem.code)
        }
        #expect(try codes([parts.first, parts.second]).isEmpty)
        #expect(try codes([parts.second, parts.first]) == [.chainOutOfOrder])
        #expect(try codes([parts.first, parts.second, root]) == [.rootIncluded])
    }

    @Test func `of two issuers with one name, the one that did not sign is no forgery`() throws {
        let name = DERWriter.name("Test Intermediate")
        let namesake = TestChain.authority(name, DERWriter.name("Nobody"), keys.leaf, issuer: keys.leaf)
        let real = TestChain.authority(name, DERWriter.name("Nobody"), keys.intermediate, issuer: keys.leaf)
        let both = [try namesake.signed(by: keys.leaf), try real.signed(by: keys.leaf)]
        #expect(try verdict(intermediates: both, authorities: [root]).errors == [.noPath])
        #expect(try verdict(intermediates: [both[0]], authorities: [root]).errors == [.signatureInvalid])
    }

    @Test func `a damaged certificate besides is a warning`() throws {
        var damaged = try middle
        damaged[4] ^= 0xFF
        let result = try verdict(intermediates: [damaged, middle], authorities: [damaged, root])
        #expect(result.isAccepted)
        #expect(result.reasons.map(\.problem.code) == [.certificateMalformed, .certificateMalformed])
    }

    @Test func `an intermediate that expired does not hide one that has not`() throws {
        var old = chain.intermediate
        old.notAfter = DERWriter.utcTime("270102000000Z")
        let expired = try old.signed(by: keys.root)
        #expect(try verdict(intermediates: [expired, middle], authorities: [root]).isAccepted)
        #expect(try verdict(intermediates: [expired], authorities: [root]).errors == [.expired])
    }

    @Test func `a cross-signature by a root that nobody trusts does not hide the way to one that is`() throws {
        let other = try TestKey.curve("P-256")
        let name = DERWriter.name("Other Root")
        let crossed = TestChain.authority(
            DERWriter.name("Test Root"), name, keys.root, issuer: other)
        let otherRoot = TestChain.authority(name, name, other, issuer: other)
        let cross = try crossed.signed(by: other)
        #expect(try verdict(intermediates: [middle, cross], authorities: [root]).isAccepted)
        // And the other way round: the old root is gone, the new one reached over the cross-signature.
        #expect(
            try verdict(intermediates: [middle, cross], authorities: [otherRoot.signed(by: other)]).isAccepted)
    }

    @Test func `a way that our rules refuse does not hide one that they take`() throws {
        var forbidden = chain.intermediate
        forbidden.set(
            TestExtension.nameConstraints, critical: true,
            TestExtension.limits(excluded: [TestExtension.dns("care.example")]))
        let first = try forbidden.signed(by: keys.root)
        #expect(try verdict(intermediates: [first, middle], authorities: [root]).isAccepted)
        #expect(try verdict(intermediates: [first], authorities: [root]).errors == [.constraintViolated])
    }

    @Test func `a trusted intermediate is an end as good as a root`() throws {
        #expect(try verdict(intermediates: [root], authorities: [middle]).isAccepted)
    }

    @Test func `authorities that sign each other are no way`() throws {
        let names = (DERWriter.name("Test Intermediate"), DERWriter.name("Circle"))
        let one = TestChain.authority(names.0, names.1, keys.intermediate, issuer: keys.leaf)
        let two = TestChain.authority(names.1, names.0, keys.leaf, issuer: keys.intermediate)
        let circle = [try one.signed(by: keys.leaf), try two.signed(by: keys.intermediate)]
        #expect(try verdict(intermediates: circle, authorities: [root]).errors == [.noPath])
    }

    @Test func `a change of an authority's own key does not count into the path's length`() throws {
        let newKey = try TestKey.curve("P-256")
        let name = DERWriter.name("Test Intermediate")
        var first = TestChain.authority(name, DERWriter.name("Test Root"), newKey, issuer: keys.root)
        first.set(
            TestExtension.basicConstraints, critical: true,
            TestExtension.constraints(authority: true, pathLength: 0))
        let second = TestChain.authority(name, name, keys.intermediate, issuer: newKey)
        let path = [try first.signed(by: keys.root), try second.signed(by: newKey)]
        #expect(try verdict(intermediates: path, authorities: [root]).isAccepted)
    }

    @Test func `who trusts exactly the leaf needs no path`() throws {
        var leaf = chain.leaf
        leaf.issuer = leaf.subject
        leaf[TestExtension.authorityKey] = nil
        let made = try leaf.signed(by: keys.leaf)
        func judge(_ authority: [UInt8]) -> ChainVerdict {
            ChainVerification(
                authorities: TestPEM.certificate(authority), chain: made, host: TestChain.host,
                time: TestChain.time
            ).verdict()
        }
        #expect(judge(made).isAccepted)
        #expect(try judge(root).errors == [.noPath])
    }

    @Test func `nothing to trust and nothing to judge are said`() throws {
        let good = TestPEM.certificate(try root)
        func codes(_ authorities: [UInt8], _ chain: [UInt8]) -> Set<CertificateProblem.Code> {
            ChainVerification(authorities: authorities, chain: chain, host: nil, time: 0).verdict().errors
        }
        #expect(codes([], []) == [.noAuthorities, .certificateUnparsable])
        #expect(codes(good, Array("-----BEGIN CERTIFICATE-----\nA".utf8)) == [.certificateMalformed])
        #expect(
            codes(good, Array("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----".utf8))
                == [.certificateUnparsable])
    }

    @Test func `many names under many constraints are refused instead of compared`() throws {
        var limited = chain.intermediate
        let constraints = (0..<700).map { TestExtension.dns("x\($0).example") }
        limited.set(TestExtension.nameConstraints, critical: true, TestExtension.limits(excluded: constraints))
        var leaf = chain.leaf
        let names = [TestExtension.dns(TestChain.host)] + (0..<700).map { TestExtension.dns("y\($0).example") }
        leaf.set(TestExtension.subjectNames, DERWriter.element(0x30, names.flatMap(\.self)))
        let result = try verdict(leaf: leaf, intermediates: [limited.signed(by: keys.root)], authorities: [root])
        #expect(result.errors == [.constraintsTooMany])
    }

    /// So few that each can be tried is not few enough: eight that all sign each other make thousands of ways.
    @Test(arguments: [8, 13])
    func `a graph made to have many ways has its end`(count: Int) throws {
        let name = DERWriter.name("Test Intermediate")
        let keys = try [keys.intermediate] + (1..<count).map { _ in try TestKey.curve("P-256") }
        var made: [[UInt8]] = []
        for key in keys {
            for issuer in keys where issuer !== key {
                made.append(try TestChain.authority(name, name, key, issuer: issuer).signed(by: issuer))
            }
            // Every one of them leads to the root, which has expired: no way is taken, and all would be tried.
            made.append(
                try TestChain.authority(name, DERWriter.name("Test Root"), key, issuer: self.keys.root)
                    .signed(by: self.keys.root))
        }
        var old = chain.root
        old.notAfter = DERWriter.utcTime("270102000000Z")
        let expired = try old.signed(by: self.keys.root)
        #expect(try !verdict(intermediates: made, authorities: [expired]).isAccepted)
        let good = try verdict(intermediates: made, authorities: [root])
        #expect(good.isAccepted, "\(good.path) \(good.reasons.map(\.problem.reason))")
    }

    @Test func `Ed25519 is taken with a warning`() throws {
        let key = try TestKey.ed25519()
        var leaf = chain.leaf
        leaf.publicKey = key.publicKey
        let result = try verdict(leaf: leaf, intermediates: [middle], authorities: [root])
        #expect(result.isAccepted)
        #expect(result.reasons.map(\.problem.code) == [.keyUnsupported])
    }
}
