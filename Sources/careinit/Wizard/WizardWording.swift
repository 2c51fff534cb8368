import EnvSchema

/// The wizard's own words, laid out for a width.
struct WizardWording {
    var width: Int
    var usesColour: Bool
    var environmentFile = ".env"

    /// The text of a notice; empty where nothing is to be said.
    func text(of notice: Notice) -> String {
        switch notice {
        case .welcome(let path, let exists): welcome(path, exists: exists)
        case .resumed(let count):
            wrap("Going on where the last run ended, with its \(count) answer\(count == 1 ? "" : "s").")
        case .upgrade(let upgrade): self.upgrade(upgrade)
        case .heading(let section, let number, let count, let help, let example):
            "\n" + bold("\(section), \(number) of \(count)") + "\n" + wrap(help)
                + (example.map { "\n" + wrap("For example: \($0)") } ?? "")
        case .details(let name, let help, let expected, let example, let isRequired):
            details(name, help: help, expected: expected, example: example, isRequired: isRequired)
        case .hint: wrap(Self.hint)
        case .commands: commands
        case .explanation(let topic): "\n" + wrap(explanation(topic))
        case .findings(let findings, _): findings.map(line).joined(separator: "\n")
        case .skipped(let names, let reason): "\n" + wrap("\(names.joined(separator: ", ")): \(why(reason))")
        case .sectionSkipped(let title, let reason): "\n" + bold(title) + "\n" + wrap(sentence(why(reason)))
        case .portTaken(let name, let port):
            wrap("Port \(port.held) is taken on this machine; the next free one is \(port.port) (\(name)).")
        case .cannotSkip(let name): wrap("\(name) is needed and has no default: please answer, or :quit.")
        case .cannotGoBack: "This is the first question."
        case .unknownCommand(let word): wrap("There is no command \(word).") + "\n" + commands
        case .unknownName(let name, let suggestion):
            wrap("There is no variable \(name)." + (suggestion.map { " Did you mean \($0)?" } ?? ""))
        case .unknownSection(let word): wrap("No section, or more than one, is called \(word).")
        case .sections(let sections): self.sections(sections)
        case .chooseProfile: "Please answer 1 or 2."
        case .warningRecorded(let warning): wrap("Noted, and shown again in the review: \(warning)")
        case .answers(let sections): "\n" + sections.flatMap(lines).joined(separator: "\n") + "\n"
        case .review(let review): self.review(review)
        case .changedMeanwhile:
            "\n"
                + wrap(
                    "\(environmentFile) has changed since the wizard began. Nothing was written: please look again at"
                        + " what would change in it now.")
        case .answerYesOrNo: "Please answer y or n."
        case .chooseNumber(let last): "Please answer with a number from 1 to \(last)."
        case .left(let isInterrupted, let goOn): left(isInterrupted: isInterrupted, goOn: goOn)
        case .startLater: "careinit up starts it later."
        case .certificateFirst: "Once the certificate is right, careinit up starts the stack."
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

    private static let hint =
        "Enter takes what is proposed. ? explains the question, :back returns to the one before, :rest takes all other"
        + " proposals, :quit leaves and keeps the answers."

    private static let commands = [
        (":back, Shift-Tab", "the question before"),
        (":skip", "take the proposal, or leave it empty"),
        (":empty", "take the value away"),
        (":next", "take the proposals of this section"),
        (":rest", "take all other proposals"),
        (":show", "this section's answers"),
        (":sections", "go through another section"),
        (":quit", "leave, and keep the answers"),
    ]

    private var commands: String {
        let width = Self.commands.map(\.0.count).max() ?? 0
        let lines = Self.commands.map { item("\($0.0.padded(to: width))  \($0.1)", hanging: width + 2) }
        return "\n"
            + (lines + [item("\("Enter".padded(to: width))  take what is proposed", hanging: width + 2)])
            .joined(separator: "\n")
    }

    private func explanation(_ topic: Topic) -> String {
        switch topic {
        case .profile:
            "1 asks little and keeps everything on this machine, with a certificate that careinit makes. 2 also asks for"
                + " the public address, its certificate, and where alerts are mailed to."
        case .sections:
            "A number or the beginning of a name goes through all settings of that section. Enter goes on without,"
                + " :back returns to the last question, :show shows all answers, :quit leaves and keeps them."
        case .review:
            "Enter or y writes what is shown. The name of a variable asks for it again, :sections lists the sections,"
                + " :back returns to the last question; n or :quit leaves, writes nothing and keeps the answers."
        }
    }

    private func why(_ reason: SkipReason) -> String {
        switch reason {
        case .doesNotApply(let condition): "not asked, since \(condition)."
        case .boundToData: "kept, since data in the database depends on it."
        }
    }

    private func line(_ finding: Finding) -> String {
        wrap("! \(finding.reason)") + "\n" + wrap("Fix: \(fix(finding))", indent: "  ")
    }

    /// In the wizard, a secret is generated by pressing Enter.
    private func fix(_ finding: Finding) -> String {
        finding.context.generation == nil
            ? finding.fix(in: environmentFile) : "type a longer, random one, or press Enter"
    }

    private func upgrade(_ upgrade: TemplateUpgrade) -> String {
        "\n" + UpgradeWording.lines(for: upgrade).map { wrap($0) }.joined(separator: "\n")
            + "\n" + wrap("Only this is asked for; the sections with everything else follow.")
    }

    private func left(isInterrupted: Bool, goOn: String?) -> String {
        (isInterrupted ? "\n" : "")
            + (goOn.map { wrap("Nothing was written. Your answers are kept. To go on:") + "\n  \($0)" }
                ?? "Nothing was written.")
    }

    private func sections(_ sections: [SectionSummary]) -> String {
        let width = sections.map(\.title.count).max() ?? 0
        let lines = sections.enumerated().map { index, section in
            let state =
                if let reason = section.skipped { "not needed: " + why(reason) } else if section.open.isEmpty {
                    "\(section.count) setting\(section.count == 1 ? "" : "s")"
                } else { "missing: " + section.open.joined(separator: ", ") }
            let name = "\("\(index + 1)".leftPadded(to: 3)) \(section.title.padded(to: width)) "
            return wrap([name] + state.split(separator: " ").map(String.init), indent: "    ")
        }
        return "\n" + lines.joined(separator: "\n")
    }

    private func review(_ review: Review) -> String {
        var lines = ["", bold("Review")] + review.sections.flatMap(self.lines)
        if let changes = review.changes {
            lines += ["", bold(changes.isEmpty ? "Nothing changes" : "What changes in \(environmentFile)")]
            lines += changes.flatMap { change in
                [
                    change.before.map { removed("- \(change.name)=\($0)") },
                    change.after.map { added("+ \(change.name)=\($0)") },
                ].compactMap { $0 }
            }
        }
        if !review.warnings.isEmpty {
            lines +=
                ["", bold("Accepted although a proof failed")] + review.warnings.map { wrap("! \(sentence($0))") }
        }
        if !review.findings.isEmpty { lines += [""] + review.findings.map(self.line) }
        return (lines + [""]).joined(separator: "\n")
    }

    private func lines(_ section: ReviewSection) -> [String] {
        ["", section.title]
            + section.lines.map { line in
                let value = line.value.isEmpty ? "(empty)" : line.value
                let source = note(on: line)
                return wrap(
                    ["\(line.name)=\(value)"] + (source.isEmpty ? [] : [" (\(source))"]), first: "  ",
                    indent: "   ")
            }
    }

    private func note(on line: ReviewLine) -> String {
        switch line.source {
        case .typed, .set, .answers: line.isChanged ? "changed" : ""
        case .generated: "generated"
        case .freePort: "the template's port is taken"
        case .existing, .profile, .template: ""
        }
    }

    func wrap(_ text: String, indent: String = "") -> String {
        TextWrap.wrap(text, width: columns, indent: indent)
    }

    private func wrap(_ words: [String], first: String = "", indent: String) -> String {
        TextWrap.wrap(words, width: columns, first: first, indent: indent)
    }

    /// A line of a list, with what does not fit below it.
    func item(_ text: String, hanging: Int = 2) -> String {
        guard text.count + 2 > columns else { return "  " + text }
        return TextWrap.wrap(
            text.split(separator: " ").map(String.init), width: columns, first: "  ",
            indent: String(repeating: " ", count: min(hanging, 4) + 2))
    }

    func heading(of proof: Proof) -> String { wrap(sentence(proof.title) + ":") }

    /// How a proof ended, below its layers; nil where the question that follows says so.
    func end(of result: ProofResult) -> String? {
        switch result.verdict {
        case .passed: item("passed")
        case .skipped(let reason): item("not tried: \(reason)")
        case .warning(let problem):
            item("warning at \(problem.layer): \(problem.reason)") + "\n" + item("Fix: \(problem.fix)")
        case .failed: nil
        }
    }

    /// Longer lines are hard to read.
    private var columns: Int { max(20, min(width, 100)) }

    func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    private func bold(_ text: String) -> String { styled(text, "1") }
    private func removed(_ text: String) -> String { styled(text, "31") }
    private func added(_ text: String) -> String { styled(text, "32") }
    private func styled(_ text: String, _ code: String) -> String {
        usesColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
