/// What docs/proof/tls.md says below its header.
struct TLSProof {
    private let scan: TLSScan
    private let versions: String

    init(_ scan: TLSScan) throws {
        self.scan = scan
        let nginx = try run(["nginx", "-V"], in: "/").text.split(separator: "\n").prefix(2)
        versions = nginx.joined(separator: ", ").replacing("nginx version: ", with: "")
    }

    var markdown: String {
        """
        The native stack of the local profile, with a self-signed certificate for localhost; \(versions).
        testssl was told to trust that certificate (`--add-ca`), so that it judges the chain too.

        \(table)
        \(grade)

        ## What is listed

        Everything that a scanner found and the test lets pass, with its exact words; anything else fails it, and so does a line
        that is no longer found.

        \(allowances)

        """
    }

    private var table: String {
        let levels = ["CRITICAL", "HIGH", "MEDIUM", "LOW", "WARN", "INFO", "OK"]
        let counts = levels.map { String(scan.testssl.count($0)) }
        let elements = scan.sslscan.counts
        return """
            | scanner | \(levels.joined(separator: " | ")) | not listed |
            |---|\(String(repeating: "---|", count: levels.count + 1))
            | testssl \(scan.testsslVersion) | \(counts.joined(separator: " | ")) | \(scan.verdicts[0].unexpected.count) |

            sslscan \(scan.sslscan.version): \(elements["protocol"] ?? 0) protocols, \(elements["cipher"] ?? 0) suites and \
            \(elements["group"] ?? 0) groups looked at; findings: \(scan.sslscan.findings.count), \
            not listed: \(scan.verdicts[1].unexpected.count).
            """
    }

    private var grade: String {
        guard let grade = scan.testssl.text(of: "overall_grade") else {
            return "\nThis version of testssl gives no grade; 3.2 and later do."
        }
        let score = scan.testssl.text(of: "final_score") ?? "?"
        let cap = scan.testssl.text(of: "grade_cap_reason_1").map { " (\($0))" } ?? ""
        return "\ntestssl's grade: \(grade), score \(score)\(cap)."
    }

    private var allowances: String {
        let rows = TLSAllowance.list.map { allowance in
            "| \(allowance.scanner.rawValue) | `\(allowance.identifier)` | \(allowance.text) | "
                + "\(severity(allowance)) | \(allowance.reason) |"
        }
        return
            (["| scanner | finding | its words | level in this run | reason |", "|---|---|---|---|---|"] + rows)
            .joined(separator: "\n")
    }

    private func severity(_ allowance: TLSAllowance) -> String {
        let found = scan.testssl.findings + scan.sslscan.findings
        return found.first { $0.identifier == allowance.identifier && $0.scanner == allowance.scanner }?.severity
            ?? "did not come"
    }
}
