import Certs
import Testing

@testable import careinit

@Suite struct CertificateMetricsTests {
    @Test func `promtool takes the text, and it holds the certificate's dates`() throws {
        let pair = try SelfSigned.make(
            names: ["care.example", "::1"], organization: "Rose \"and\" wood \\", now: 1_800_000_000, days: 90)
        let text = CertificateMetrics(chainPEM: pair.certificatePEM, host: "care.example").text
        let check = try Subprocess(arguments: ["promtool", "check", "metrics"], input: Array(text.utf8)).run()
        #expect(check.succeeded && check.errorText.isEmpty, "\(check.errorText)")
        let lines = text.split(separator: "\n")
        let (start, end) = (1_800_000_000 - 300, 1_800_000_000 - 300 + 90 * 86_400 - 1)
        for line in [
            "careinit_certificate_not_before_timestamp_seconds{host=\"care.example\"} \(start)",
            "careinit_certificate_not_after_timestamp_seconds{host=\"care.example\"} \(end)",
        ] { #expect(lines.contains(Substring(line)), "\(text)") }
        #expect(lines.contains { $0.contains("_info{") && $0.contains("names=\"care.example,") }, "\(text)")
    }

    @Test func `without a certificate there are none`() {
        #expect(CertificateMetrics(chainPEM: Array("nothing".utf8), host: "a").text.isEmpty)
    }

    @Test(arguments: [("a", "a"), ("a\"b", "a\\\"b"), ("a\\b", "a\\\\b"), ("a\nb", "a\\nb")])
    func `labels are escaped`(text: String, escaped: String) {
        #expect(CertificateMetrics.escaped(text) == escaped)
    }

    @Test func `it is a file of the generation that node-exporter's user reads through the link`() throws {
        let folder = TemporaryFolder()
        var fixture = try StackFixture(state: "\(folder.path)/s")
        fixture.host.isRoot = true
        let plan = try fixture.plan(generation: 7)
        let file = try #require(plan.files.first { $0.path == CertificateMetrics.path })
        let exporter = try #require(plan.services.first { $0.name == "node-exporter" })
        #expect(file.owner == exporter.user)
        #expect(
            exporter.command.contains(
                "--collector.textfile.directory=\(folder.path)/s/generations/current/metrics"))
    }

    @Test func `another certificate changes the file, and restarts no exporter`() throws {
        let folder = TemporaryFolder()
        var fixture = try StackFixture(state: "\(folder.path)/s")
        let before = try fixture.plan()
        fixture.certificate.chainPEM = try StackFixture.makePair(in: "\(folder.path)/next", name: "localhost")
            .certificate
        let after = try fixture.plan()
        let files = [before, after].map { plan in plan.files.first { $0.path == CertificateMetrics.path } }
        #expect(files[0] != files[1])
        #expect(before.fingerprints()["node-exporter"] == after.fingerprints()["node-exporter"])
        #expect(before.fingerprints()["nginx"] != after.fingerprints()["nginx"])
    }
}
