import EnvSchema

extension FindingsReport {
    /// The findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format).
    func sarif() throws -> String { try JSONText.encode(SARIFLog(self), keys: .useDefaultKeys) }
}

/// The parts of a SARIF log that careinit fills.
private struct SARIFLog: Encodable {
    var schema = "https://json.schemastore.org/sarif-2.1.0.json"
    var version = "2.1.0"
    var runs: [Run]

    enum CodingKeys: String, CodingKey {
        case schema = "$schema"
        case version, runs
    }

    struct Run: Encodable {
        var tool: Tool
        /// Columns count Unicode scalars (§3.14.17).
        var columnKind = "unicodeCodePoints"
        var results: [Result]
    }

    struct Tool: Encodable { var driver: Driver }

    struct Driver: Encodable {
        var name = "careinit"
        var semanticVersion = VersionCommand.current
        var rules: [Rule]
    }

    struct Rule: Encodable {
        var id: String
        var shortDescription: Message
        var defaultConfiguration: Configuration
    }

    struct Configuration: Encodable { var level: String }

    struct Message: Encodable { var text: String }

    struct Result: Encodable {
        var ruleId: String
        var ruleIndex: Int
        var level: String
        var message: Message
        var locations: [Location]
    }

    struct Location: Encodable { var physicalLocation: PhysicalLocation }

    struct PhysicalLocation: Encodable {
        var artifactLocation: Artifact
        var region: Region?
    }

    struct Artifact: Encodable { var uri: String }

    struct Region: Encodable {
        var startLine: Int
        var startColumn: Int
    }

    init(_ report: FindingsReport) {
        let codes = FindingCode.allCases
        let rules = codes.map { code in
            Rule(
                id: code.rawValue, shortDescription: Message(text: Finding(code).reason),
                defaultConfiguration: Configuration(level: code.severity.rawValue))
        }
        let indices = Dictionary(zip(codes, codes.indices), uniquingKeysWith: { first, _ in first })
        let artifact = Artifact(uri: Self.uri(report.path))
        let results = report.findings.map { finding in
            Result(
                ruleId: finding.code.rawValue, ruleIndex: indices[finding.code] ?? -1,
                level: finding.severity.rawValue,
                message: Message(text: "\(finding.reason). Fix: \(finding.fix(in: report.path))"),
                locations: [
                    Location(
                        physicalLocation: PhysicalLocation(
                            artifactLocation: artifact,
                            region: finding.position.map { Region(startLine: $0.line, startColumn: $0.column) }))
                ])
        }
        runs = [Run(tool: Tool(driver: Driver(rules: rules)), results: results)]
    }

    /// The path as a URI reference (RFC 3986).
    private static func uri(_ path: String) -> String {
        let plain = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = path.hasPrefix("/") ? Array("file://".utf8) : []
        for byte in path.utf8 {
            bytes +=
                plain.contains(byte)
                ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
