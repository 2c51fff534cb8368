import Certs
import Testing

@Suite struct CertificateExaminationTests {
    private func examine(
        _ pair: CertificatePair, hosts: [String] = ["care.example"], anchors: [UInt8]? = nil
    ) -> CertificateReport {
        CertificateExamination(
            certificatePEM: pair.certificatePEM, keyPEM: pair.keyPEM, hosts: hosts, now: testNow,
            anchorsPEM: anchors
        ).report()
    }

    @Test func `what careinit makes is good`() throws {
        let own = try SelfSigned.make(names: ["care.example"], organization: "x", now: testNow)
        #expect(examine(own, anchors: []).problems == [])
        let authority = try CertificateAuthority.make(organization: "x", now: testNow)
        let leaf = try authority.issue(names: ["care.example"], now: testNow, days: 199)
        #expect(examine(leaf, anchors: authority.pair.certificatePEM).problems == [])
        #expect(examine(leaf, anchors: own.certificatePEM).codes == [.chainIncomplete, .untrusted])
    }

    @Test func `every host is compared, and none where none is named`() throws {
        let pair = try SelfSigned.make(names: ["care.example"], organization: "x", now: testNow)
        let report = examine(pair, hosts: ["care.example", "a.example", "b.example"])
        #expect(report.problems.map(\.context) == ["a.example", "b.example"])
        #expect(examine(pair, hosts: []).problems == [])
    }

    @Test func `what browsers refuse is an error, what rules forbid a warning`() throws {
        let keys = try #require(TestChain.Keys.shared)
        var chain = TestChain(keys)
        chain.leaf.serial = [0]
        chain.leaf.set(TestExtension.extendedKeyUsage, TestExtension.usages(TestExtension.client))
        let bytes =
            try TestPEM.certificate(chain.leaf.signed(by: keys.intermediate))
            + TestPEM.certificate(chain.intermediate.signed(by: keys.root))
        let report = CertificateExamination(
            certificatePEM: bytes, keyPEM: nil, hosts: [TestChain.host], now: TestChain.time,
            anchorsPEM: TestPEM.certificate(try chain.root.signed(by: keys.root))
        ).report()
        #expect(report.codes == [.noServerUsage, .serialZero, .untrusted])
        #expect(report.problems.map(\.severity) == [.error, .warning, .error])
    }

    @Test func `a lifetime that no client takes is an error, whoever issued it`() throws {
        let keys = try #require(TestChain.Keys.shared)
        for (end, severity) in [
            ("271231000000Z", CertificateProblem.Severity.warning), ("301231000000Z", .error),
        ] {
            var chain = TestChain(keys)
            chain.leaf.notAfter = DERWriter.utcTime(end)
            let report = CertificateExamination(
                certificatePEM: TestPEM.certificate(try chain.leaf.signed(by: keys.intermediate)), keyPEM: nil,
                hosts: [], now: TestChain.time, anchorsPEM: nil
            ).report()
            #expect(report.problems.first { $0.code == .lifetimeTooLong }?.severity == severity)
        }
    }

    @Test func `each of the ten points has a code`() {
        let points = Set(CertificateProblem.Code.allCases.map(\.point))
        #expect(points == Set(CheckPoint.allCases))
    }

    @Test func `the served chain is compared certificate by certificate`() throws {
        let one = try SelfSigned.make(names: ["a"], organization: "x", now: testNow).certificatePEM
        let other = try SelfSigned.make(names: ["a"], organization: "x", now: testNow).certificatePEM
        #expect(ServedComparison.difference(stored: one, served: one) == nil)
        #expect(ServedComparison.difference(stored: one + other, served: one)?.contains("chain") == true)
        #expect(ServedComparison.difference(stored: one, served: other)?.contains("O=x until 2028-02-") == true)
        #expect(ServedComparison.difference(stored: one, served: []) != nil)
    }
}
