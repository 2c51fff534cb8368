import EnvSchema

/// The answers of a run without its secrets, so that `careinit provision` can give them again. Pure.
struct AnswersFile: Sendable, Equatable {
    var profile: Profile
    /// What `careinit provision --profile …` would not come to by itself, in the template's order.
    var answers: [Answer]
    /// Secrets that `provision` makes anew, unless the `.env` has them.
    var generatedSecrets: [String]
    /// Secrets that only the operator knows: each has to be given from a file.
    var givenSecrets: [String]

    struct Answer: Sendable, Equatable {
        var name: String
        var value: String
    }
}

extension AnswersFile {
    init(_ sheet: AnswerSheet) {
        let secrets = sheet.schema.variables.filter { $0.isSecret && !sheet.value(of: $0.name).isEmpty }
        let given = secrets.filter { Self.isGiven($0, in: sheet) }.map(\.name)
        let values = Self.differing(sheet, givenSecrets: given)
        self.init(
            profile: sheet.inputs.profile,
            answers: sheet.schema.variables.compactMap { variable in
                values[variable.name].map { Answer(name: variable.name, value: $0) }
            },
            generatedSecrets: secrets.filter { $0.generation != nil }.map(\.name).filter { !given.contains($0) },
            givenSecrets: given)
    }

    /// Whether the secret is one that careinit could not come to. What the `.env` had before, and careinit could have made,
    /// is taken for made by it.
    private static func isGiven(_ variable: Variable, in sheet: AnswerSheet) -> Bool {
        switch sheet.answer(for: variable)?.source {
        case .typed, .set, .answers: true
        case .existing: variable.generation == nil && sheet.value(of: variable.name) != variable.defaultValue
        default: false
        }
    }

    // MARK: What has to stand in it

    /// The values that a replay needs: over the file that was there, and on a machine where there is none.
    private static func differing(_ sheet: AnswerSheet, givenSecrets: [String]) -> [String: String] {
        let document = sheet.document()
        let open = sheet.schema.variables.filter { !$0.isSecret || sheet.value(of: $0.name).isEmpty }
        var answers: [String: String] = [:]
        for variable in open where isUpToTheMachine(variable, in: sheet, document) {
            answers[variable.name] = sheet.value(of: variable.name)
        }
        // One answer moves what is made of it, such as a port the address: until nothing is left that differs.
        while true {
            let bare = replay(sheet, answers: answers, secrets: givenSecrets, existing: nil)
            let over = replay(sheet, answers: answers, secrets: givenSecrets, existing: sheet.inputs.existing)
            let written = over.document()
            let missing = open.filter { variable in
                let (name, value) = (variable.name, sheet.value(of: variable.name))
                guard answers[name] == nil else { return false }
                return bare.value(of: name) != value || over.value(of: name) != value
                    || written.value(of: name) != document.value(of: name)
            }
            if missing.isEmpty { return answers }
            for variable in missing { answers[variable.name] = sheet.value(of: variable.name) }
        }
    }

    /// What would come out otherwise at another time or place: ports that happen to be free, and what is made by chance.
    private static func isUpToTheMachine(
        _ variable: Variable, in sheet: AnswerSheet, _ document: EnvDocument
    ) -> Bool {
        guard document.value(of: variable.name) != nil else { return false }
        return variable.generation != nil && !variable.isSecret
            || variable.listen != nil && sheet.inputs.profile == .local
    }

    /// What `provision` would make of the answers.
    private static func replay(
        _ sheet: AnswerSheet, answers: [String: String], secrets: [String], existing: EnvDocument?
    ) -> AnswerSheet {
        let set = Dictionary(uniqueKeysWithValues: secrets.map { ($0, sheet.value(of: $0)) })
        let inputs = AnswerInputs(
            profile: sheet.inputs.profile, set: set, answers: answers, existing: existing,
            generated: sheet.inputs.generated)
        return AnswerSheet(schema: sheet.schema, template: sheet.template, inputs: inputs)
    }

    // MARK: The file and the command

    /// The file: a `.env` of the answers, with a comment about what it is and how `replay` reads it.
    func document(replay: ReplayLine) -> EnvDocument {
        let head = """
            # The answers of a run of careinit wizard, without secrets. To make the same .env again:
            #
            #   \(replay.text)
            #

            """
        let notes = [
            Self.comment("Made anew, unless the .env has them:", generatedSecrets),
            Self.comment("To be given, each as --set NAME=@FILE:", givenSecrets),
        ].joined()
        var document = EnvDocument(parsing: Array((head + notes).utf8))
        for answer in answers { document.set(answer.name, to: answer.value) }
        return document
    }

    /// The command line that gives the answers again.
    ///
    /// - Parameters:
    ///   - path: Where the answers file lies.
    ///   - environmentFile: What was given as `--env-file`; nil for the `.env` of the present folder.
    /// - Returns: The command, with `FILE` for each file with a secret that only the operator has.
    func replay(path: String, environmentFile: String? = nil) -> ReplayLine {
        var arguments = ["careinit", "provision", "--profile", profile.rawValue, "--answers", path]
        for name in givenSecrets { arguments += ["--set", "\(name)=@FILE"] }
        if let environmentFile { arguments += ["--env-file", environmentFile] }
        return ReplayLine(arguments: arguments)
    }

    private static func comment(_ title: String, _ names: [String]) -> String {
        names.isEmpty ? "" : "# \(title)\n" + names.map { "#   \($0)\n" }.joined() + "#\n"
    }

    /// Writes the file, for its owner only: it holds no secret, but names of people and hosts.
    ///
    /// - Returns: The command that reads it.
    @discardableResult
    func write(to path: String, environmentFile: String? = nil) throws(CommandFailure) -> ReplayLine {
        let replay = replay(path: path, environmentFile: environmentFile)
        try OutputFile.write(document(replay: replay).bytes, to: path)
        return replay
    }
}

/// A command line to copy into a shell.
struct ReplayLine: Sendable, Equatable {
    /// The program first.
    var arguments: [String]

    /// Quoted so that a POSIX shell takes each argument as it is.
    var text: String { ShellWord.joined(arguments) }
}
