/// Findings as lines for people, the same from each program that refuses a `.env`.
package enum FindingText {
    /// Two lines: place, severity, reason and code; then the fix.
    package static func lines(_ finding: Finding, path: String) -> [String] {
        let place = finding.position.map { "\(path):\($0.line):\($0.column)" } ?? path
        return [
            "\(place): \(finding.severity.rawValue): \(finding.reason) [\(finding.code.rawValue)]",
            "    Fix: \(finding.fix(in: path))",
        ]
    }

    /// Such as `2 errors, 1 warning`.
    package static func count(_ findings: [Finding]) -> String {
        let errors = findings.count { $0.severity == .error }
        let warnings = findings.count - errors
        let parts = [(errors, "error"), (warnings, "warning")].filter { $0.0 > 0 }
        return parts.isEmpty
            ? "no findings" : parts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
    }
}
