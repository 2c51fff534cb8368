import Certs

/// What `certs check` prints: each finding with its place, and each of the ten points with how it stands.
struct CertificateCheckReport {
    struct Finding {
        var place: String
        var problem: CertificateProblem
    }

    private(set) var findings: [Finding] = []
    /// What could not be looked at, and why: never green.
    private(set) var skipped: [CheckPoint: String] = [:]
    private(set) var certificate: CertificateReport?

    mutating func add(_ problem: CertificateProblem, _ place: String) {
        findings.append(Finding(place: place, problem: problem))
    }

    mutating func take(_ report: CertificateReport, from place: String) {
        if certificate == nil { certificate = report }
        if report.isSelfSigned { skip(.chain, "it vouches for itself: trusted by whoever was told to") }
        for problem in report.problems { add(problem, place) }
    }

    mutating func skip(_ point: CheckPoint, _ reason: String) { skipped[point] = reason }

    var isGood: Bool { !findings.contains { $0.problem.severity == .error } }

    enum State: String { case good, warning, error, skipped = "not checked" }

    func state(of point: CheckPoint) -> State {
        let own = findings.filter { $0.problem.code.point == point }
        if own.contains(where: { $0.problem.severity == .error }) { return .error }
        if skipped[point] != nil { return .skipped }
        return own.isEmpty ? .good : .warning
    }

    var text: [String] {
        let lines = findings.flatMap { finding in
            let problem = finding.problem
            return [
                "\(finding.place): \(problem.severity.rawValue): \(problem.reason) [\(problem.code.rawValue)]",
                "    Fix: \(problem.fix)",
            ]
        }
        let points = CheckPoint.allCases.map { point in
            let reason = skipped[point].map { " (\($0))" } ?? ""
            return
                "  \(point.rawValue < 10 ? " " : "")\(point.rawValue) \(state(of: point).rawValue): \(point.title)\(reason)"
        }
        return lines + points
    }

    func json() throws -> String { try JSONText.encode(Document(self)) }

    /// Version 1 of the document; a field may be added without a new version.
    struct Document: Encodable {
        var schema = 1
        var command = "certs check"
        var good: Bool
        var subject: String?
        var names: [String]?
        var notAfter: String?
        var fingerprint: String?
        var points: [Point]
        var findings: [Entry]

        init(_ report: CertificateCheckReport) {
            good = report.isGood
            subject = report.certificate?.subject
            names = report.certificate?.names
            notAfter = report.certificate.map { Clock.text($0.notAfter) }
            fingerprint = report.certificate?.fingerprint
            points = CheckPoint.allCases.map { point in
                Point(
                    point: point.rawValue, title: point.title, state: report.state(of: point).rawValue,
                    reason: report.skipped[point])
            }
            findings = report.findings.map(Entry.init)
        }
    }

    struct Point: Encodable {
        var point: Int
        var title: String
        var state: String
        var reason: String?
    }

    struct Entry: Encodable {
        var code: String
        var severity: String
        var point: Int
        var place: String
        var reason: String
        var fix: String

        init(_ finding: Finding) {
            code = finding.problem.code.rawValue
            severity = finding.problem.severity.rawValue
            point = finding.problem.code.point.rawValue
            place = finding.place
            reason = finding.problem.reason
            fix = finding.problem.fix
        }
    }
}
