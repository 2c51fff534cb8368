/// Names that are unknown, retired or given twice.
struct NameCheck {
    let schema: Schema

    func findings(in document: EnvDocument) -> [Finding] {
        let retired = Dictionary(schema.retired.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let known = schema.variables.map(\.name)
        var firstLines: [String: Int] = [:]
        var findings: [Finding] = []
        for assignment in document.assignments {
            if let line = firstLines[assignment.name] {
                findings.append(
                    Finding(
                        .duplicateName, variable: VariableName.showable(assignment.name), at: assignment.position,
                        context: .init(number: line)))
                continue
            }
            firstLines[assignment.name] = assignment.position.line
            if schema[assignment.name] != nil { continue }
            if let retired = retired[assignment.name] {
                findings.append(Self.retired(retired, assignment))
            } else {
                findings.append(Self.unknown(assignment, known))
            }
        }
        return findings
    }

    private static func retired(_ retired: RetiredName, _ assignment: Assignment) -> Finding {
        Finding(
            .retiredName, variable: assignment.name, at: assignment.position,
            context: .init(suggestion: retired.replacement, reason: retired.reason))
    }

    private static func unknown(_ assignment: Assignment, _ known: [String]) -> Finding {
        Finding(
            .unknownName, variable: VariableName.showable(assignment.name), at: assignment.position,
            context: .init(suggestion: Similarity.closest(to: assignment.name, among: known)))
    }
}
