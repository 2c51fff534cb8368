import EnvSchema

/// The password of the mail server is its provider's: what was given logs in there before anything is told of it.
struct MailMechanism: SecretMechanism {
    let context: RotationContext

    func prove() throws {
        let settings = ProofSettings { name in
            name == context.item.name ? context.target : (try? context.configuration.optional(name)) ?? nil
        }
        let runner = ProofRunner(
            settings: settings, surroundings: ProofSurroundings(folder: context.project.directory))
        let planner = ProofPlanner(settings: settings, surroundings: runner.surroundings)
        guard let proof = planner.proofs().first(where: { $0.kind == .mail }) else { return }
        let result = runner.run(proof)
        guard result.isFailed, let problem = result.problem else { return }
        throw CommandFailure(
            .failure, "The new \(context.item.name) does not log in at the mail server", place: problem.layer,
            why: problem.reason, fix: problem.fix)
    }
}
