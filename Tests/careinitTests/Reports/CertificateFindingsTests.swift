import Certs
import EnvSchema
import Testing

@testable import careinit

@Suite struct CertificateFindingsTests {
    struct Row: Sendable {
        /// Of the certificate, in days.
        var lifetime: Int
        var age: Int
        /// `code:line:column`, where there is one.
        var finding: String?
    }

    static let rows = [
        Row(lifetime: 90, age: 0), Row(lifetime: 90, age: 59),
        Row(lifetime: 90, age: 61, finding: "certificate-due:3:15"),
        Row(lifetime: 6, age: 2), Row(lifetime: 6, age: 4, finding: "certificate-due:3:15"),
        Row(lifetime: 90, age: 91, finding: "certificate-expired:3:15"),
    ]

    private let folder = TemporaryFolder()
    private static let text =
        "APP_URL=https://care.rosewood.org.uk\nTLS_MODE=self-signed\nTLS_CERT_PATH=own/chain.pem\n"

    private func findings(_ text: String = text, template: String? = nil) throws -> [Finding] {
        let path = try template.map { template in
            try OutputFile.write(Array(template.utf8), to: "\(folder.path)/template")
            return "\(folder.path)/template"
        }
        return CertificateFindings(
            document: EnvDocument(parsing: Array(text.utf8)),
            template: try TemplateSource.environment(file: path, folder: nil), folder: folder.path,
            now: Clock.now()
        ).findings
    }

    private func write(lifetime: Int, age: Int, to name: String = "own/chain.pem") throws {
        let pair = try SelfSigned.make(
            names: ["care.rosewood.org.uk"], organization: "x", now: Clock.now() - Int64(age) * 86_400,
            days: lifetime)
        let path = "\(folder.path)/\(name)"
        try FileSystem.makeFolder(path.parentPath, mode: 0o700)
        try OutputFile.write(pair.certificatePEM, to: path)
    }

    private static func describe(_ finding: Finding) -> String {
        "\(finding.code.rawValue):\(finding.position?.line ?? 0):\(finding.position?.column ?? 0)"
    }

    @Test(arguments: rows) func `what it says depends on what is left, and stands at the path`(_ row: Row) throws {
        try write(lifetime: row.lifetime, age: row.age)
        let findings = try findings()
        #expect(findings.map(Self.describe) == (row.finding.map { [$0] } ?? []))
        #expect(findings.allSatisfy { $0.variable == "TLS_CERT_PATH" && $0.fix.contains("careinit provision") })
    }

    @Test func `a due one is a warning, an expired one an error`() {
        #expect(FindingCode.certificateDue.severity == .warning)
        #expect(FindingCode.certificateExpired.severity == .error)
        #expect(FindingCode.certificateUnreadable.severity == .error)
    }

    @Test(arguments: ["", "APP_URL=\n", text, "TLS_MODE=letsencrypt\nLETSENCRYPT_DIR=le\n" + text])
    func `files that are not on this machine are no finding`(_ text: String) throws {
        #expect(try findings(text).isEmpty)
    }

    @Test func `certbot's file is found below its folder, by the host`() throws {
        try write(lifetime: 90, age: 70, to: "le/live/care.rosewood.org.uk/fullchain.pem")
        let finding = try #require(
            try findings("APP_URL=https://care.rosewood.org.uk\nTLS_MODE=letsencrypt\nLETSENCRYPT_DIR=le\n").first)
        #expect(Self.describe(finding) == "certificate-due:3:17")
        #expect(finding.variable == "LETSENCRYPT_DIR" && finding.fix.hasPrefix("certbot renew"))
    }

    @Test func `where the template names the file, it stands at TLS_MODE`() throws {
        try write(lifetime: 90, age: 100, to: "certs/fullchain.pem")
        let finding = try #require(
            try findings("APP_URL=https://care.rosewood.org.uk\nTLS_MODE=files\n").first)
        #expect(Self.describe(finding) == "certificate-expired:2:10")
        #expect(finding.reason.contains("TLS_CERT_PATH") && finding.reason.contains("it ended at"))
    }

    @Test func `a file without a certificate is a finding, and so is a folder`() throws {
        try FileSystem.makeFolder("\(folder.path)/own", mode: 0o700)
        try OutputFile.write(Array("PEM?\n".utf8), to: "\(folder.path)/own/chain.pem")
        let finding = try #require(try findings().first)
        #expect(Self.describe(finding) == "certificate-unreadable:3:15")
        #expect(finding.reason.hasSuffix("own/chain.pem does not begin with a certificate in PEM"))
        let inFolder = try #require(
            try findings(Self.text.replacing("own/chain.pem", with: "own")).first)
        #expect(inFolder.code == .certificateUnreadable && inFolder.reason.hasSuffix("it is no file"))
    }

    @Test func `another template without TLS_MODE leads to no certificate`() throws {
        try write(lifetime: 90, age: 100)
        #expect(try findings(template: "# ---\n\nPORT=1\n").isEmpty)
    }
}
