#if canImport(Glibc)
    import Glibc
#endif

/// What the proofs find around them: the folder of the `.env`, and what runs of its stack.
struct ProofSurroundings: Sendable, Equatable {
    /// The folder that relative paths start from.
    var folder: String
    /// The services of the stack that run now.
    var services: [ServicePlan] = []

    /// Asks the runtime; nothing runs where it does not answer this user.
    static func read(_ project: Project) -> ProofSurroundings {
        let runtime = project.runtime
        var surroundings = ProofSurroundings(folder: project.directory)
        guard runtime.isUp, let applied = AppliedPlan.load(project), let states = try? runtime.states() else {
            return surroundings
        }
        surroundings.services = applied.services.filter { states[$0.name]?.phase == .running }
        return surroundings
    }

    func service(_ name: String) -> ServicePlan? { services.first { $0.name == name } }
    var databaseMembers: [ServicePlan] { services.filter(\.isDatabaseMember) }
}
