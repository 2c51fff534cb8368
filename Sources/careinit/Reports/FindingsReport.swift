import EnvSchema

/// What `check` prints.
struct FindingsReport: Sendable {
    /// As the user named the file.
    var path: String
    var findings: [Finding]
    /// How many variables the file sets.
    var variableCount: Int
    /// Where the lines come from that are shown with the findings; nil shows none.
    var source: Source?
    /// What `--fix` changed before, or would change.
    var fixes: FixRun.Plan?
    /// What `--live` tried; nil without it.
    var proofs: [ProvenProof]?

    /// Nothing was found, and no proof failed.
    var isClean: Bool { findings.isEmpty && proofs?.haveFailed != true }

    /// The same, where each failed proof is one more finding.
    var withProofFindings: FindingsReport {
        var report = self
        if let document = source?.document {
            report.findings = (findings + (proofs ?? []).compactMap { $0.finding(in: document) }).inOrder()
        }
        return report
    }

    struct Source: Sendable {
        var document: EnvDocument
        var schema: Schema
    }

    /// More are not of use to a person.
    static let shown = 200

    var text: [String] {
        var lines = findings.prefix(Self.shown).flatMap {
            FindingText.lines($0, path: path, excerpt: excerpt(of: $0))
        }
        if findings.count > Self.shown { lines.append("… and \(findings.count - Self.shown) more") }
        let variables = "\(variableCount) variable\(variableCount == 1 ? "" : "s")"
        lines.append("\(path): \(FindingText.count(findings)) in \(variables)")
        return lines
    }

    private func excerpt(of finding: Finding) -> SourceExcerpt? {
        guard let source, let position = finding.position else { return nil }
        return SourceExcerpt(source.document, position, schema: source.schema)
    }

    func json() throws -> String { try JSONText.encode(Document(self)) }

    /// Version 1 of the document; a field may be added without a new version.
    struct Document: Encodable {
        var schema = 1
        var command = "check"
        var file: String
        var clean: Bool
        var errors: Int
        var warnings: Int
        var variables: Int
        var findings: [Entry]
        /// Only with `--fix`.
        var fixes: [Fix]?
        /// Where `--fix` keeps the file as it was.
        var backup: String?
        /// Only with `--live`.
        var proofs: [ProvenProof.Document]?

        struct Fix: Encodable {
            var code: String
            var variable: String?
            var line: Int
            var summary: String
        }

        init(_ report: FindingsReport) {
            file = report.path
            clean = report.isClean
            errors = report.findings.count { $0.severity == .error }
            warnings = report.findings.count - errors
            variables = report.variableCount
            findings = report.findings.map { Entry($0, path: report.path) }
            fixes = report.fixes.map { plan in
                plan.result.edits.map {
                    Fix(code: $0.code.rawValue, variable: $0.variable, line: $0.line, summary: $0.summary)
                }
            }
            backup = report.fixes?.backup
            proofs = report.proofs?.map(ProvenProof.Document.init)
        }
    }

    struct Entry: Encodable {
        var code: String
        var severity: String
        var variable: String?
        var line: Int?
        var column: Int?
        var reason: String
        var fix: String
        var others: [String]?
        var readings: [Reading]?

        struct Reading: Encodable {
            var readers: [String]
            var text: String
        }

        init(_ finding: Finding, path: String) {
            code = finding.code.rawValue
            severity = finding.severity.rawValue
            variable = finding.variable
            line = finding.position?.line
            column = finding.position?.column
            reason = finding.reason
            fix = finding.fix(in: path)
            others = finding.context.others.isEmpty ? nil : finding.context.others
            let readings = finding.context.readings.map { Reading(readers: $0.readers, text: $0.text) }
            self.readings = readings.isEmpty ? nil : readings
        }
    }
}
