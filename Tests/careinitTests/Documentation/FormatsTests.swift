import Certs
import Foundation
import Secrets
import Testing

@testable import EnvSchema
@testable import careinit

/// docs/FORMATS.md against the documents that it describes.
@Suite struct FormatsTests {
    static let documents: [(title: String, document: any Sendable)] = [
        ("careinit check --format json", checkReport), ("careinit explain --json", explanation),
        ("careinit provision --json", provisionReport), ("careinit status --json", statusReport),
        ("careinit rotate-secrets --json", rotationReport),
        ("careinit certs install --json", installationReport),
        ("careinit audit verify --json", auditReport), ("careinit audit show --json", auditDocument),
        ("careinit env restore --list --json", backupList), ("careinit env restore --json", restorationReport),
    ]

    @Test(arguments: documents.map(\.title))
    func `the page names each field of a document and no other`(_ title: String) throws {
        let document = try #require(Self.documents.first { $0.title == title }).document
        #expect(try Self.fieldsOnPage(title) == Set(Self.fields(of: document)))
    }

    @Test func `the page has the finding codes as they are`() throws {
        let page = try Checkout.text("docs/FORMATS.md")
        let (start, end) = ("<!-- made by the test FormatsTests -->\n", "<!-- end -->")
        let before = try #require(page.range(of: start))
        let after = try #require(page.range(of: end))
        let made = page[..<before.upperBound] + FindingCode.table + "\n" + page[after.lowerBound...]
        try Checkout.expect("docs/FORMATS.md", holds: String(made))
    }

    @Test func `the page has the actions of the audit log as they are`() throws {
        let row = try #require(
            Checkout.text("docs/FORMATS.md").components(separatedBy: "\n").first { $0.hasPrefix("| `action` | ") })
        let names = row.matches(of: /`([a-z]+-[a-z-]+)`/).map { String($0.1) }
        #expect(names == AuditAction.allCases.map(\.rawValue))
    }

    @Test(arguments: FindingCode.allCases)
    func `each finding code says something in the table`(_ code: FindingCode) {
        #expect(!code.example.reason.contains("?") && !code.example.fix.isEmpty)
    }

    // MARK: The page

    private static func fieldsOnPage(_ title: String) throws -> Set<String> {
        let sections = try Checkout.text("docs/FORMATS.md").components(separatedBy: "\n## ")
        let section = try #require(sections.first { $0.hasPrefix(title + "\n") })
        let rows = section.components(separatedBy: "\n").filter { $0.hasPrefix("| `") }
        let names = rows.map { String($0.dropFirst(3).prefix { $0 != "`" }) }
        #expect(Set(names).count == names.count, "a field stands twice under \(title)")
        return Set(names)
    }

    // MARK: The documents

    /// The names as they are encoded, with `[]` for the elements of an array.
    private static func fields(of value: Any, prefix: String = "") -> [String] {
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional, .collection:
            guard let first = mirror.children.first else { return [] }
            return fields(of: first.value, prefix: prefix + (mirror.displayStyle == .collection ? "[]" : ""))
        case .struct where !(value is String):
            return mirror.children.flatMap { child -> [String] in
                let name = (prefix.isEmpty ? "" : prefix + ".") + snakeCase(child.label ?? "")
                return [name] + fields(of: child.value, prefix: name)
            }
        default: return []
        }
    }

    private static func snakeCase(_ name: String) -> String {
        name.map { $0.isUppercase ? "_\($0.lowercased())" : String($0) }.joined()
    }

    // Each array has an element, so that its fields are seen.

    private static var checkReport: FindingsReport.Document {
        let edit = FileEdit(code: .duplicateName, variable: "NAME", line: 1, patches: [])
        let result = Fixer.Result(edits: [edit], document: EnvDocument(parsing: []))
        return FindingsReport.Document(
            FindingsReport(
                path: ".env", findings: [FindingCode.readDifferently.example], variableCount: 1,
                fixes: .init(result: result, closesFile: false, backup: ".env.backup"), proofs: [failedProof]))
    }

    private static var failedProof: ProvenProof {
        let setting = ProofProblem.Setting(variable: "SMTP_PORT", value: "587")
        let problem = ProofProblem(layer: "TCP", reason: "refused", fix: "", suggestion: [setting])
        let result = ProofResult(layers: [.init(name: "DNS", detail: "")], verdict: .failed(problem))
        return ProvenProof(proof: Proof(kind: .mail, title: "the mail server"), result: result)
    }

    private static var explanation: ExplainCommand.Document {
        let text = "# @docs(https://care.org)\n# careinit: into=json\nA=concat($B, x)\nB=1\n"
        let schema = try? Schema(template: EnvDocument(parsing: Array(text.utf8)))
        let facts = schema.map { schema in schema.variables.map { VariableFacts($0, in: schema) } } ?? []
        return ExplainCommand.Document(variables: facts)
    }

    private static let provisionReport = ProvisionReport(
        status: "ok", environmentFile: ".env", profile: "local", dryRun: false, writes: true, changed: ["PORT"],
        variables: [
            .init(name: "PORT", section: "Application", value: "3001", isSecret: false, source: "template")
        ],
        ports: [.init(variable: "PORT", held: 3001, chosen: 3004)],
        certificate: .init(action: "keep", certificatePath: "a", keyPath: "b", names: ["localhost"], reasons: []),
        upgrade: .init(
            TemplateUpgrade(
                new: ["A"], changed: [.init(name: "B", differences: ["it is a secret now"])],
                retired: [.init(name: "C", replacement: "D", reason: nil)])),
        findings: [
            .init(code: "placeholder", severity: "error", variable: "PORT", place: nil, reason: "", fix: "")
        ])

    private static let backupList = BackupList(
        environmentFile: ".env",
        backups: [.init(name: "a", path: "/a", time: "2026-11-23T13:10:05Z", differing: 1, variables: ["PORT"])])

    private static let restorationReport = RestorationReport(
        outcome: .restored, environmentFile: ".env", backup: "/a", differing: 1, variables: ["PORT"])

    private static let installationReport = InstallationReport(
        .installed, InstallationSource(pair: CertificatePair(certificatePEM: [], keyPEM: []), place: "a.pem"))

    private static var auditReport: AuditReport {
        var found = ChainVerification()
        found.firstSequence = 1
        found.head = HashChain(new: "a")
        found.fault = .init(file: "x", fault: ChainFault(.changed, line: 1, expected: 1))
        return AuditReport(found, of: ChainFolder("/nonexistent", name: "x"))
    }

    private static var auditDocument: AuditShowCommand.Document {
        var chain = HashChain(new: "a")
        let line = chain?.append(Array("{}".utf8)).flatMap { ChainLine($0.dropLast()) }
        var entries = line.map { [AuditShowCommand.Entry($0)] } ?? []
        if !entries.isEmpty { entries[0].changes = [.init(name: "A", before: nil, after: nil)] }
        return AuditShowCommand.Document(holds: true, entries: entries)
    }

    private static var waiting: RotationReport.Waiting {
        RotationReport.Waiting(secret: "JWT_SECRET", retireAt: "2026-11-23T13:10:05Z", reason: "")
    }

    private static var rotationReport: RotationReport {
        var report = RotationReport(atRest: ["DB_PASSWORD"])
        report.waiting = [waiting]
        return report
    }

    private static var statusReport: StatusReport {
        var report = StatusReport(
            StackStatus(
                isUp: true, generation: 1, origin: "https://localhost", rows: [],
                omissions: [Omission(service: "grafana", reason: "not installed")],
                cluster: DatabaseCluster([]), synchronous: .healthy,
                certificate: StackCertificate(
                    source: .served, names: ["localhost"], lifetime: .init(notBefore: 0, notAfter: 1),
                    fingerprint: "ab", fix: "certbot renew"),
                secrets: SecretStatus(ages: [.init(name: "DB_PASSWORD", days: 1)], waiting: [waiting]), now: 0))
        report.services = [
            .init(name: "redis", state: "healthy", restarts: 0, generation: 1, listeners: ["127.0.0.1:6379"])
        ]
        return report
    }
}
