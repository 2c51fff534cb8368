import EnvSchema
import Secrets

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
        var version = VersionCommand.current
        var semanticVersion = VersionCommand.current
        var rules: [Rule]
    }

    struct Rule: Encodable {
        var id: String
        /// The same in the form that §3.49.7 wants, such as `UnknownName`.
        var name: String
        var shortDescription: Message
        var fullDescription: Message
        var help: Message
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
        var partialFingerprints: Fingerprints
    }

    /// By which a finding is known again in the next run, though its line has moved.
    struct Fingerprints: Encodable {
        /// The name that GitHub's code scanning looks for, in its form: hexadecimal digits, a colon, a number.
        var primaryLocationLineHash: String
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
        let indices = Dictionary(zip(codes, codes.indices), uniquingKeysWith: { first, _ in first })
        let artifact = Artifact(uri: Self.uri(report.path))
        var seen: [String: Int] = [:]
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
                ],
                partialFingerprints: Self.fingerprints(of: finding, &seen))
        }
        runs = [Run(tool: Tool(driver: Driver(rules: codes.map(Self.rule))), results: results)]
    }

    private static func rule(_ code: FindingCode) -> Rule {
        let words = code.rawValue.split(separator: "-")
        let title = words.joined(separator: " ")
        let example = code.example
        return Rule(
            id: code.rawValue, name: words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(),
            shortDescription: Message(text: title.prefix(1).uppercased() + title.dropFirst()),
            fullDescription: Message(text: "Such as: \(example.reason)."),
            help: Message(text: "Such as: \(example.fix)."),
            defaultConfiguration: Configuration(level: code.severity.rawValue))
    }

    /// Of the code and the variable alone: no place, which moves, and no value, which may be a secret. Equal ones are counted.
    private static func fingerprints(of finding: Finding, _ seen: inout [String: Int]) -> Fingerprints {
        let hash = Hex.encode(
            Array(Digest.sha256("\(finding.code.rawValue)\n\(finding.variable ?? "")").prefix(8)))
        let number = seen[hash, default: 0] + 1
        seen[hash] = number
        return Fingerprints(primaryLocationLineHash: "\(hash):\(number)")
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
