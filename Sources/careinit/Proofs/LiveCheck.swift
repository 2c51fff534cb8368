import EnvSchema
import Transport

/// What `check --live` carries out after it has looked for mistakes.
struct LiveCheck {
    /// The only section whose proofs are carried out; nil for all.
    var section: String?
    var testMail: String?

    static let options: [Command.Option] = [
        .init(
            name: "--live",
            help:
                "Also try what can be tried: names, TLS, certificate, mail server, and the logins where they run."),
        .init(
            name: "--section", value: "NAME",
            help: "With --live: only the proofs of this section of the template, such as Mail."),
        .init(
            name: "--test-mail", value: "ADDRESS",
            help: "With --live: send a real mail to this address by the mail server."),
    ]

    /// nil without `--live`.
    ///
    /// - Throws: exit code 64 where an option does not fit.
    init?(_ invocation: Invocation) throws(CommandFailure) {
        testMail = invocation.value("--test-mail")
        guard invocation.has("--live") else {
            for option in ["--section", "--test-mail"] where invocation.has(option) {
                throw CommandFailure(
                    .usage, "nothing is tried without --live", place: option, fix: "add --live")
            }
            return nil
        }
        section = try invocation.value("--section").map { (word) throws(CommandFailure) in try Self.section(word) }
        if let testMail, !SMTPMessage.isAddress(testMail) {
            throw CommandFailure(
                .usage, "\"\(testMail)\" is no mail address", place: "--test-mail",
                fix: "--test-mail you@care.example")
        }
        if testMail != nil, let section, section != Proof.Kind.mail.section {
            throw CommandFailure(
                .usage, "the section \(section) sends no mail", place: "--test-mail", fix: "--section Mail")
        }
    }

    private static func section(_ word: String) throws(CommandFailure) -> String {
        let sections = Proof.Kind.sections
        if let section = sections.first(where: { $0.lowercased() == word.lowercased() }) { return section }
        let small = sections.map { $0.lowercased() }
        let guess = Suggestion.nearest(to: word.lowercased(), among: small).flatMap { small.firstIndex(of: $0) }
        let nearest = guess.map { "did you mean \(sections[$0])? " } ?? ""
        throw CommandFailure(
            .usage, "no section \"\(word)\" has anything to try", place: "--section",
            fix: "\(nearest)There are \(sections.joined(separator: ", "))")
    }

    /// Carries the proofs out, and says on standard error how far it is. What is wrong by the findings is not tried.
    ///
    /// - Throws: exit code 66 where the file's folder cannot be opened.
    func run(
        _ file: EnvironmentFile, _ template: TemplateSource.Environment, findings: [Finding], console: Console
    ) throws(CommandFailure) -> [ProvenProof] {
        let path = file.path == SettingsPath.standardInput ? ".env" : file.path
        let surroundings = ProofSurroundings.read(try StateDirectory.resolve(environmentFile: path))
        var inputs = AnswerInputs()
        inputs.existing = file.document
        let settings = ProofSettings(
            AnswerSheet(schema: template.schema, template: template.document, inputs: inputs))
        let planner = ProofPlanner(settings: settings, surroundings: surroundings)
        let proofs = planner.proofs(section: section).map { $0.blocked(by: findings) }
        let runner = ProofRunner(settings: settings, surroundings: surroundings, testMail: testMail)
        return proofs.enumerated().map { index, proof in
            if proof.obstacle == nil, !console.isQuiet {
                console.note("Proof \(index + 1) of \(proofs.count): \(proof.title) (\(proof.section))")
            }
            let result = runner.run(
                proof, progress: { layer in if !console.isQuiet { console.note("  \(layer.words)") } })
            return ProvenProof(proof: proof, result: result)
        }
    }
}

extension Proof {
    /// The same, with an obstacle where one of its variables is wrong.
    func blocked(by findings: [Finding]) -> Proof {
        let codes = Set(findings.filter { $0.severity == .error && $0.isInTheWay }.compactMap(\.variable))
        guard obstacle == nil, let wrong = variables.first(where: codes.contains) else { return self }
        var proof = self
        proof.obstacle = "\(wrong) is not in order, see above"
        return proof
    }
}

extension Finding {
    /// Whether a proof could not tell anything: of two settings that contradict each other it tells which is right.
    fileprivate var isInTheWay: Bool {
        ![.contradiction, .readDifferently, .refusedByReader, .runByReader].contains(code)
    }
}
