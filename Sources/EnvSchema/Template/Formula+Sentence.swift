extension Formula {
    /// What must hold, or what the value is, in words without a full stop.
    package var sentence: String {
        switch self {
        case .text(let text): text
        case .undefined: "nothing"
        case .unknown: "what another tool finds out"
        case .reference(let name): name
        case .concat(let parts): parts.map(\.inBraces).joined()
        case .fallback(let parts): parts.map(\.sentence).joined(separator: ", or else ")
        case .equal(let first, let second): "\(first.sentence)=\(second.sentence)"
        case .not(.isEmpty(let part)): "\(part.sentence) is set"
        case .not(.equal(let first, let second)): "\(first.sentence) is not \(second.sentence)"
        case .not(let part): "not (\(part.sentence))"
        case .isEmpty(let part): "\(part.sentence) is empty"
        case .every(let parts): parts.map(\.sentence).joined(separator: " and ")
        case .some(let parts): parts.map(\.sentence).joined(separator: " or ")
        case .cases(let cases, let otherwise):
            cases.map { "\($0.value.sentence) where \($0.condition.sentence)" }.joined(separator: ", ")
                + ", otherwise \(otherwise.sentence)"
        case .remap(let subject, _, _): "what \(subject.sentence) is mapped to"
        case .domain(let url): "the host of \(url.sentence)"
        }
    }

    private var inBraces: String {
        if case .reference(let name) = self { "${\(name)}" } else { sentence }
    }
}
