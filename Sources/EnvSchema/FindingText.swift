/// Findings as lines for people, the same from each program that refuses a `.env`.
package enum FindingText {
    /// Place, severity, reason and code; the source line with a caret where there is an excerpt; the fix.
    package static func lines(_ finding: Finding, path: String, excerpt: SourceExcerpt? = nil) -> [String] {
        let place = finding.position.map { "\(path):\($0.line):\($0.column)" } ?? path
        let reason = "\(place): \(finding.severity.rawValue): \(finding.reason) [\(finding.code.rawValue)]"
        return [reason] + source(excerpt, line: finding.position?.line) + ["    Fix: \(finding.fix(in: path))"]
    }

    private static func source(_ excerpt: SourceExcerpt?, line: Int?) -> [String] {
        guard let excerpt, let line else { return [] }
        let number = String(line)
        let margin = String(repeating: " ", count: number.utf8.count)
        return [
            "    \(number) | \(excerpt.text)",
            "    \(margin) | \(String(repeating: " ", count: excerpt.indent))^",
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
