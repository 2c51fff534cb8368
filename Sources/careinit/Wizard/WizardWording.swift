import EnvSchema

/// The wizard's own words, laid out for a width.
struct WizardWording {
    var width: Int
    var usesColour: Bool

    /// The text of a notice; empty where nothing is to be said.
    func text(of notice: Notice) -> String {
        switch notice {
        case .welcome(let path, let exists): welcome(path, exists: exists)
        case .section(let title, let number, let count): "\n" + bold("\(title) (section \(number) of \(count))")
        case .help(let text, let example):
            "\n" + wrap(text) + (example.map { "\n" + wrap("For example: \($0)") } ?? "")
        case .details(let name, let help, let expected, let example, let isRequired):
            details(name, help: help, expected: expected, example: example, isRequired: isRequired)
        case .commands: commands
        case .findings(let findings, _): findings.map(line).joined(separator: "\n")
        case .skipped(let name, let reason): "\n" + wrap("\(name): \(why(reason))")
        case .portTaken(let name, let port):
            wrap("Port \(port.held) is taken on this machine; the next free one is \(port.port) (\(name)).")
        case .cannotSkip(let name): wrap("\(name) is needed and has no default: please answer, or :quit.")
        case .cannotGoBack: "This is the first question."
        case .unknownCommand(let word): wrap("There is no command \(word). \(commandList)")
        case .unknownName(let name, let suggestion):
            wrap("There is no variable \(name)." + (suggestion.map { " Did you mean \($0)?" } ?? ""))
        case .chooseProfile: "Please answer 1 or 2."
        case .review(let sections, let findings): review(sections, findings: findings)
        case .answerYesOrNo: "Please answer y or n."
        case .kept: "Nothing was written."
        case .startLater: "careinit up starts it later."
        case .certificateFirst: "Once the certificate is right, careinit up starts the stack."
        case .interrupted: "\nInterrupted. Nothing was written."
        }
    }

    /// What stands before the cursor.
    func prompt(for question: Question) -> Prompt {
        switch question {
        case .profile:
            return Prompt(
                label: "What is it for? 1: this machine only, to try it; 2: production (Enter: 1)", proposal: nil)
        case .variable(let variable):
            let hint =
                switch variable.offer {
                case .generate: " (Enter: generate one)"
                case .keep: " (Enter: keep the present one)"
                case .empty: " (Enter: leave it empty)"
                case .value, .nothing: ""
                }
            return Prompt(label: variable.name + hint, proposal: variable.proposal, isSecret: variable.isSecret)
        case .review(let isComplete, let exists):
            let write = exists ? "Write the changes" : "Write the file"
            return Prompt(
                label: isComplete
                    ? "\(write)? Y, n, or the name of a variable to change it"
                    : "Name a variable to change it, or :quit", proposal: nil)
        case .start:
            return Prompt(label: "Start the stack now? Y or n", proposal: nil)
        }
    }

    private func welcome(_ path: String, exists: Bool) -> String {
        let what =
            exists
            ? "\(path) is there already: its values are proposed, and it is kept as a backup before it changes."
            : "This makes \(path), with a certificate where one is needed. Nothing is written before you confirm."
        return bold("careinit wizard") + "\n" + wrap(what)
    }

    private func details(
        _ name: String, help: String, expected: String?, example: String?, isRequired: Bool
    ) -> String {
        var lines = ["", wrap(help)]
        if let expected { lines.append(wrap("\(name) takes \(expected).")) }
        if let example { lines.append(wrap("For example: \(example)")) }
        lines.append(isRequired ? "It is needed." : "It may be left empty.")
        return lines.joined(separator: "\n")
    }

    private var commandList: String {
        "? explains, :back returns, :skip passes on, :next takes the proposals of this section, :rest takes all of them,"
            + " :quit leaves without writing."
    }

    private var commands: String { wrap("Enter takes what is proposed. " + commandList) }

    private func why(_ reason: SkipReason) -> String {
        switch reason {
        case .companionIsEmpty(let name): "not asked, since \(name) is empty."
        case .doesNotApply(let condition): "not asked, since \(condition)."
        case .boundToData: "kept, since data in the database depends on it."
        }
    }

    private func line(_ finding: Finding) -> String {
        wrap("! \(finding.reason)") + "\n" + wrap("Fix: \(finding.fix)", indent: "  ")
    }

    private func review(_ sections: [ReviewSection], findings: [Finding]) -> String {
        var lines = ["", bold("Review")]
        for section in sections {
            lines += ["", section.title]
            lines += section.lines.map { line in
                let value = line.value.isEmpty ? "(empty)" : line.value
                let source = note(on: line)
                return "  \(line.name)=\(value)" + (source.isEmpty ? "" : "  (\(source))")
            }
        }
        if !findings.isEmpty { lines += [""] + findings.map(self.line) }
        return (lines + [""]).joined(separator: "\n")
    }

    private func note(on line: ReviewLine) -> String {
        switch line.source {
        case .typed, .set, .answers: line.isChanged ? "changed" : ""
        case .generated: "generated"
        case .freePort: "the template's port is taken"
        case .existing, .profile, .template: ""
        }
    }

    private func wrap(_ text: String, indent: String = "") -> String {
        TextWrap.wrap(text, width: max(20, min(width, 100)), indent: indent)
    }

    private func bold(_ text: String) -> String { usesColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
}
