import EnvSchema

/// What Tab completes at a question.
enum ValueCompletion: Sendable, Equatable {
    case nothing
    case words([String])
    /// Relative paths start in the folder.
    case path(folder: String)
    case timeZone
}

extension ValueCompletion {
    init(variable: Variable, folder: String) { self = .nothing }
}
