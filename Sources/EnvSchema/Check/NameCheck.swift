/// Names that are unknown, retired or given twice.
struct NameCheck {
    let schema: Schema

    func findings(in document: EnvDocument) -> [Finding] {
        let known = schema.variables.map(\.name)
        let retired = Dictionary(schema.retired.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        // A file of a million names is asked for those of the schema, and not the other way round.
        let isKnown = firstPlaces(of: known, in: document)
        let isRetired = firstPlaces(of: Array(retired.keys), in: document)
        var findings = FindingList()
        for assignment in document.assignments {
            if let previous = assignment.previous {
                findings.append(.duplicateName) { Self.duplicate(assignment, of: previous) }
            } else if isRetired.contains(assignment.index), let name = retired[assignment.name] {
                findings.append(.retiredName) { Self.retired(name, assignment) }
            } else if !isKnown.contains(assignment.index) {
                findings.append(.unknownName) { Self.unknown(assignment, known) }
            } else if let deprecation = schema[assignment.name]?.deprecation {
                findings.append(.deprecatedName) { Self.deprecated(deprecation, assignment) }
            }
        }
        return findings.all
    }

    /// The indices of the first assignments of these names.
    private func firstPlaces(of names: [String], in document: EnvDocument) -> Set<Int> {
        var places: Set<Int> = []
        for name in names {
            guard var assignment = document.assignment(of: name) else { continue }
            while let previous = assignment.previous { assignment = previous }
            places.insert(assignment.index)
        }
        return places
    }

    private static func duplicate(_ assignment: Assignment, of previous: Assignment) -> Finding {
        Finding(
            .duplicateName, variable: VariableName.showable(assignment.name), at: assignment.position,
            context: .init(number: previous.position.line))
    }

    private static func retired(_ retired: RetiredName, _ assignment: Assignment) -> Finding {
        Finding(
            .retiredName, variable: assignment.name, at: assignment.position,
            context: .init(suggestion: retired.replacement, reason: retired.reason))
    }

    private static func deprecated(_ deprecation: Variable.Deprecation, _ assignment: Assignment) -> Finding {
        Finding(
            .deprecatedName, variable: assignment.name, at: assignment.position,
            context: .init(reason: deprecation.message))
    }

    private static func unknown(_ assignment: Assignment, _ known: [String]) -> Finding {
        Finding(
            .unknownName, variable: VariableName.showable(assignment.name), at: assignment.position,
            context: .init(suggestion: Similarity.closest(to: assignment.name, among: known)))
    }
}
