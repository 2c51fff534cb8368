import EnvSchema
import Foundation
import Testing

@testable import careinit

@Suite struct FindingsReportTests {
    /// Every line of it is wrong, and every value must stay unseen.
    private static let canary = "Kanarienvogel"
    private static let file = """
        JWT_SECRET=\(canary)1
        JWT_REFRESH_SECRET=\(canary)1
        DB_PASSWORD="\(canary)2#$x"
        REDIS_PASSWORD=\(canary)3 # \(canary)4
        SMTP_PASS='\(canary)5
        \(canary)6'
        NO_SUCH_NAME=\(canary)7
        \(canary)8
        # \(canary)9
        ENCRYPTION_KEY="\(canary)
        """

    private func report(path: String = ".env") throws -> FindingsReport {
        let schema = try TemplateSource.environment(file: nil).schema
        let document = EnvDocument(parsing: Array(Self.file.utf8))
        let readers = DialectComparison(Dialect.allCases, schema: schema)
        return FindingsReport(
            path: path, findings: Checker(schema: schema).findings(in: document) + readers.findings(in: document),
            variableCount: 8, source: .init(document: document, schema: schema))
    }

    @Test func `no format shows a secret`() throws {
        let report = try report()
        #expect(report.findings.count > 20)
        let outputs = [
            report.text.joined(separator: "\n"), try report.json(), try report.sarif(),
            report.github.joined(separator: "\n"),
        ]
        for output in outputs {
            #expect(output.count > 1000)
            #expect(!output.contains(Self.canary), "\(output)")
        }
    }

    @Test func `SARIF names a rule, a level and a place for each finding`() throws {
        let report = try report(path: "/srv/care notes/.env")
        let log = try #require(try JSONSerialization.jsonObject(with: Data(report.sarif().utf8)) as? [String: Any])
        #expect(log["version"] as? String == "2.1.0")
        let run = try #require((log["runs"] as? [[String: Any]])?.first)
        let driver = try #require((run["tool"] as? [String: [String: Any]])?["driver"])
        let rules = try #require(driver["rules"] as? [[String: Any]]).map { $0["id"] as? String }
        let results = try #require(run["results"] as? [[String: Any]])
        #expect(results.count == report.findings.count)
        for (result, finding) in zip(results, report.findings) {
            #expect(result["ruleId"] as? String == finding.code.rawValue)
            #expect(rules[try #require(result["ruleIndex"] as? Int)] == finding.code.rawValue)
            #expect(["error", "warning", "note", "none"].contains(result["level"] as? String))
            let location = (result["locations"] as? [[String: [String: Any]]])?.first?["physicalLocation"]
            let artifact = location?["artifactLocation"] as? [String: String]
            #expect(artifact?["uri"] == "file:///srv/care%20notes/.env")
            let region = location?["region"] as? [String: Int]
            #expect(region?["startLine"] == finding.position?.line)
        }
    }

    @Test func `a GitHub annotation keeps its path and message apart`() throws {
        let finding = Finding(.missingRequired, variable: "PORT", at: SourcePosition(line: 3, column: 6))
        let report = FindingsReport(path: "a,b:c%\n.env", findings: [finding], variableCount: 1)
        let line = try #require(report.github.first)
        #expect(
            line.hasPrefix(
                "::error file=a%2Cb%3Ac%25%0A.env,line=3,col=6,title=missing-required::PORT is required"))
        #expect(report.github.count == 1 && !line.contains("\n"))
    }

    @Test func `text has a caret under the place`() throws {
        let lines = try report().text
        let index = try #require(lines.firstIndex { $0.contains("REDIS_PASSWORD=********") })
        #expect(lines[index + 1].hasSuffix("|                ^"))
    }
}
