import EnvSchema
import Foundation
import Testing

@testable import careinit

/// What the schema of SARIF 2.1.0 demands of the parts that we write.
@Suite struct SARIFTests {
    /// One of each code, with and without a place, and one twice.
    private static let findings: [Finding] =
        FindingCode.allCases.enumerated().map { index, code in
            var finding = code.example
            if index % 3 != 0 { finding.position = SourcePosition(line: index + 1, column: index % 7 + 1) }
            if index % 5 == 0 { finding.variable = nil }
            return finding
        } + [FindingCode.unknownName.example, FindingCode.unknownName.example]

    private static let paths = [".env", "<stdin>", "/srv/care notes/.env", "ä:b?c#d%.env", "../x/.env"]

    private func log(_ findings: [Finding] = findings, path: String = ".env") throws -> [String: Any] {
        let text = try FindingsReport(path: path, findings: findings, variableCount: 1).sarif()
        return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    private func run(_ log: [String: Any]) throws -> [String: Any] {
        try #require((log["runs"] as? [[String: Any]])?.first)
    }

    /// Each object has exactly these names: the schema allows no others, and demands some of them.
    @Test func `every object has its required properties and no unknown ones`() throws {
        let log = try log()
        #expect(Set(log.keys) == ["$schema", "version", "runs"])
        #expect(log["version"] as? String == "2.1.0")
        #expect((log["$schema"] as? String)?.hasPrefix("https://") == true)
        let run = try run(log)
        #expect(Set(run.keys) == ["tool", "columnKind", "results"])
        #expect(["utf16CodeUnits", "unicodeCodePoints"].contains(run["columnKind"] as? String))
        let tool = try #require(run["tool"] as? [String: Any])
        #expect(Set(tool.keys) == ["driver"])
        let driver = try #require(tool["driver"] as? [String: Any])
        #expect(Set(driver.keys) == ["name", "version", "semanticVersion", "rules"])
        #expect((driver["semanticVersion"] as? String)?.contains(/^[0-9]+\.[0-9]+\.[0-9]+$/) == true)
    }

    @Test func `every rule has an id of its own, its words and a level`() throws {
        let driver = try #require((run(log())["tool"] as? [String: [String: Any]])?["driver"])
        let rules = try #require(driver["rules"] as? [[String: Any]])
        #expect(rules.map { $0["id"] as? String } == FindingCode.allCases.map(\.rawValue))
        for rule in rules {
            let id = rule["id"] as? String ?? ""
            #expect(
                Set(rule.keys) == [
                    "id", "name", "shortDescription", "fullDescription", "help", "defaultConfiguration",
                ])
            #expect((rule["name"] as? String)?.contains(/^([A-Z][a-z0-9]*)+$/) == true, "\(id)")
            for key in ["shortDescription", "fullDescription", "help"] {
                let message = try #require(rule[key] as? [String: String])
                #expect(Set(message.keys) == ["text"] && message["text"]?.isEmpty == false, "\(id)")
            }
            let configuration = rule["defaultConfiguration"] as? [String: String]
            #expect(["error", "warning", "note", "none"].contains(configuration?["level"]), "\(id)")
        }
    }

    @Test(arguments: paths)
    func `every result names its rule, and a place that is one`(_ path: String) throws {
        let results = try #require(run(log(path: path))["results"] as? [[String: Any]])
        #expect(results.count == Self.findings.count)
        for (result, finding) in zip(results, Self.findings) {
            #expect(
                Set(result.keys) == [
                    "ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints",
                ])
            let index = try #require(result["ruleIndex"] as? Int)
            try #require(FindingCode.allCases.indices.contains(index))
            #expect(FindingCode.allCases[index].rawValue == result["ruleId"] as? String)
            #expect(result["level"] as? String == finding.severity.rawValue)
            #expect((result["message"] as? [String: String])?["text"]?.isEmpty == false)
            let locations = try #require(result["locations"] as? [[String: [String: Any]]])
            #expect(locations.count == 1 && locations.first?.keys.first == "physicalLocation")
            let place = try #require(locations.first?["physicalLocation"])
            let artifact = try #require(place["artifactLocation"] as? [String: String])
            #expect(Set(artifact.keys) == ["uri"])
            #expect(artifact["uri"]?.contains(/^(file:\/\/)?([A-Za-z0-9\-._~\/]|%[0-9A-F]{2})+$/) == true)
            let region = place["region"] as? [String: Int]
            #expect((region == nil) == (finding.position == nil))
            #expect(Set((region ?? [:]).keys).isSubset(of: ["startLine", "startColumn"]))
            #expect(region?.values.allSatisfy { $0 >= 1 } ?? true)
        }
    }

    @Test func `a fingerprint stays when lines and values change, and no two are the same`() throws {
        let first = try fingerprints(Self.findings)
        #expect(Set(first).count == first.count)
        #expect(first.allSatisfy { $0.contains(/^[0-9a-f]{16}:[0-9]+$/) })
        let moved = Self.findings.map { finding in
            var finding = finding
            finding.position = SourcePosition(line: 900, column: 1)
            finding.context.others = ["ANOTHER"]
            return finding
        }
        #expect(try fingerprints(moved) == first)
    }

    private func fingerprints(_ findings: [Finding]) throws -> [String] {
        let results = try #require(run(log(findings))["results"] as? [[String: Any]])
        return try results.map { result in
            let all = try #require(result["partialFingerprints"] as? [String: String])
            return try #require(all["primaryLocationLineHash"])
        }
    }

    private static let officialSchema = ProcessInfo.processInfo.environment["CARE_SARIF_SCHEMA"]

    @Test(
        .enabled(if: officialSchema != nil, "$CARE_SARIF_SCHEMA names no sarif-schema-2.1.0.json of OASIS"),
        .enabled(if: PythonSchema.isInstalled, PythonSchema.reason))
    func `the schema of OASIS accepts the log`() throws {
        let schema = try #require(Self.officialSchema)
        let logs = try Self.paths.map { path in
            try FindingsReport(path: path, findings: Self.findings, variableCount: 1).sarif()
        }
        let empty = try FindingsReport(path: ".env", findings: [], variableCount: 0).sarif()
        let verdicts = try PythonSchema.judge("[\((logs + [empty]).joined(separator: ","))]", schema: schema)
        #expect(verdicts == Array(repeating: "valid", count: Self.paths.count + 1))
    }
}
