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
                        .duplicateName, variable: Self.showable(assignment.name), at: assignment.position,
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
            .unknownName, variable: showable(assignment.name), at: assignment.position,
            context: .init(suggestion: Similarity.closest(to: assignment.name, among: known)))
    }

    /// The name, unless it could be a piece of a secret that was pasted over several lines, such as Base64 before its `=`.
    static func showable(_ name: String) -> String? {
        let isName = name.utf8.allSatisfy { $0.isUppercase || $0.isDigit || $0 == UInt8(ascii: "_") }
        let isShort = name.utf8.count <= 12 || name.utf8.count <= 48 && name.utf8.contains(UInt8(ascii: "_"))
        return isName && isShort ? name : nil
    }
}
