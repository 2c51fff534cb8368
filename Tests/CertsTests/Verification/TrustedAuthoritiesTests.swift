import Testing

@testable import Certs

@Suite struct TrustedAuthoritiesTests {
    private let root: [UInt8]
    private let intermediate: [UInt8]
    private let leaf: [UInt8]
    private let stranger: [UInt8]

    init() throws {
        let keys = try #require(TestChain.Keys.shared)
        let good = TestChain(keys)
        root = try good.root.signed(by: keys.root)
        intermediate = try good.intermediate.signed(by: keys.root)
        leaf = try good.leaf.signed(by: keys.intermediate)
        stranger = try #require(
            PEMBlocks.certificates(
                in: try CertificateAuthority.make(organization: "x", now: testNow).pair.certificatePEM
            ).first ?? nil)
    }

    private func authorities(_ ders: [[UInt8]], for chain: [[UInt8]]) -> TrustedAuthorities {
        TrustedAuthorities(
            pem: ders.flatMap(TestPEM.certificate), for: chain.map { ChainCertificate(der: $0) })
    }

    @Test func `only those that a name leads to are kept, with their numbers`() {
        let trusted = authorities([stranger, root, stranger], for: [leaf, intermediate])
        #expect(trusted.certificates.map { $0?.der } == [nil, root, nil])
        #expect(trusted.damaged.isEmpty && !trusted.isEmpty)
    }

    @Test func `an authority above one that is kept is kept, wherever it stands`() {
        let trusted = authorities([root, stranger, intermediate], for: [leaf])
        #expect(trusted.certificates.map { $0?.der } == [root, nil, intermediate])
    }

    @Test func `a leaf that is trusted itself is kept`() {
        #expect(authorities([leaf], for: [leaf]).certificates.map { $0?.der } == [leaf])
    }

    @Test func `what is damaged is told, and what nobody asks for counts as trusted`() {
        let trusted = authorities([Array(root.dropLast()), stranger], for: [leaf, intermediate])
        #expect(trusted.damaged == [0])
        #expect(!trusted.isEmpty)
        #expect(authorities([Array(root.dropLast())], for: [leaf]).isEmpty)
        #expect(authorities([], for: [leaf]).isEmpty)
    }
}
