/// What is said before a question, and what stands before the cursor.
extension WizardWording {
    /// The choices, where they would make too long a line; nil where the prompt says it all.
    func lead(for question: Question) -> String? {
        switch question {
        case .profile:
            "\nWhat is it for?\n" + choices(["this machine only, to try it", "production"])
        case .proof(let section, let titles): "\n" + wrap(offer(section, titles))
        case .failedProof(let outcome):
            "\n" + wrap("\(sentence(outcome.title)) failed at \(outcome.reason)") + "\n"
                + (outcome.fix.isEmpty ? "" : wrap("Fix: \(outcome.fix)") + "\n")
                + choices(["try again", remedy(outcome), "go on as it is, with a note in the review"])
        case .sections(isEnd: true): "\n" + wrap("Everything else has a good default. Change anything?")
        case .menu(let canGoBack):
            "\n"
                + choices([
                    "go on", canGoBack ? "back to the question before" : "back", "show the answers",
                    "leave, and keep the answers",
                ])
        case .variable(let variable): standsAlone(variable) ? hint(variable.offer).map { "(\($0))" } : nil
        case .retired, .sections, .review, .start: nil
        }
    }

    /// What stands before the cursor: short, since it shares its line with the answer.
    func prompt(for question: Question) -> Prompt {
        switch question {
        case .profile: Prompt(label: "1 or 2 (Enter: 1)")
        case .retired(let name): Prompt(label: "Take \(name) out? Y or n")
        case .variable(let variable): prompt(for: variable)
        case .proof: Prompt(label: "Try it? Y or n")
        case .failedProof: Prompt(label: "1, 2 or 3 (Enter: 3)")
        case .sections(let isEnd): Prompt(label: "Section (Enter: \(isEnd ? "none" : "go on"))")
        case .menu: Prompt(label: "1 to 4 (Enter: 1)")
        case .review(let isComplete, let exists, let wrong):
            Prompt(
                label: isComplete
                    ? "\(exists ? "Write the changes" : "Write the file")? Y, n or a name"
                    : "Name of a variable" + (wrong.map { " (Enter: \($0))" } ?? ", or :quit"))
        case .start: Prompt(label: "Start the stack now? Y or n")
        }
    }

    private func choices(_ texts: [String]) -> String {
        texts.enumerated().map { wrap("\($0.offset + 1)  \($0.element)", indent: "   ") }.joined(separator: "\n")
    }

    private func offer(_ section: String, _ titles: [String]) -> String {
        "What can be tried now: \(titles.joined(separator: "; "))."
            + (section == Proof.Kind.mail.section ? " With an address as the answer, a test mail goes there." : "")
    }

    private func prompt(for variable: VariableQuestion) -> Prompt {
        let hint = standsAlone(variable) ? nil : hint(variable.offer)
        return Prompt(
            label: variable.name + (hint.map { " (\($0))" } ?? ""), proposal: variable.proposal,
            isSecret: variable.isSecret)
    }

    /// Whether the hint would leave too little room to type.
    private func standsAlone(_ variable: VariableQuestion) -> Bool {
        variable.name.count + (hint(variable.offer)?.count ?? 0) + 5 + 20 > width
    }

    private func hint(_ offer: VariableQuestion.Offer) -> String? {
        switch offer {
        case .generate: "Enter: generate one"
        case .keep: "Enter: keep the present one"
        case .empty: "Enter: leave it empty"
        case .value, .nothing: nil
        }
    }

    private func remedy(_ outcome: ProofOutcome) -> String {
        if outcome.suggestion.isEmpty {
            return
                "change \(outcome.variables.first ?? "an answer"); the name of another variable changes that one"
        }
        let pairs = outcome.suggestion.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return "use \(pairs.joined(separator: " ")), which works"
    }
}
