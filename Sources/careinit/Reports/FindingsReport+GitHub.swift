import EnvSchema

extension FindingsReport {
    /// One workflow command a finding, which GitHub Actions shows beside the line
    /// (docs.github.com, Workflow commands for GitHub Actions).
    var github: [String] {
        findings.map { finding in
            var properties = ["file=\(Self.property(path))"]
            if let position = finding.position {
                properties += ["line=\(position.line)", "col=\(position.column)"]
            }
            properties.append("title=\(Self.property(finding.code.rawValue))")
            let message = "\(finding.reason). Fix: \(finding.fix(in: path))"
            return "::\(finding.severity.rawValue) \(properties.joined(separator: ","))::\(Self.data(message))"
        }
    }

    private static func data(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "%": "%25"
            case "\r": "%0D"
            case "\n": "%0A"
            default: String(scalar)
            }
        }.joined()
    }

    private static func property(_ text: String) -> String {
        data(text).unicodeScalars.map { scalar in
            switch scalar {
            case ":": "%3A"
            case ",": "%2C"
            default: String(scalar)
            }
        }.joined()
    }
}
