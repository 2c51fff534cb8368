import EnvSchema

/// What can be typed in place of an answer.
extension WizardEngine {
    enum TypedCommand: String, CaseIterable {
        case help = ":help"
        case back = ":back"
        case skip = ":skip"
        case empty = ":empty"
        case next = ":next"
        case rest = ":rest"
        case show = ":show"
        case sections = ":sections"
        case quit = ":quit"

        /// By its name, its first letter, or `?`.
        init?(word: String) {
            let short: [String: Self] = [
                "?": .help, ":h": .help, ":?": .help, ":b": .back, ":s": .skip, ":n": .next, ":r": .rest,
                ":q": .quit,
            ]
            guard let command = Self(rawValue: word) ?? short[word] else { return nil }
            self = command
        }

        /// The command in the text, also behind a proposal that stands in the line already.
        init?(in text: String, after proposal: String?) {
            let word = text.trimmed
            if let command = Self(word: word) {
                self = command
                return
            }
            guard let proposal, !proposal.isEmpty, word.hasPrefix(proposal),
                let command = Self(word: String(word.dropFirst(proposal.count)).trimmed)
            else { return nil }
            self = command
        }
    }

    /// Nil where the text is an answer.
    mutating func command(_ text: String, index: Int) -> [WizardAction]? {
        let variable = variables[index]
        let proposal = variable.isSecret ? nil : sheet.answer(for: variable)?.value
        guard let command = TypedCommand(in: text, after: proposal) else {
            let isMistyped = text.trimmed.hasPrefix(":") && !variable.isSecret
            return isMistyped ? [.show(.unknownCommand(text.trimmed)), .ask(question(for: variable))] : nil
        }
        return carryOut(command, index: index)
    }

    private mutating func carryOut(_ command: TypedCommand, index: Int) -> [WizardAction] {
        let variable = variables[index]
        let again = WizardAction.ask(question(for: variable))
        switch command {
        case .help: return [.show(details(of: variable)), .show(.commands), again]
        case .back: return goBack() ?? [.show(.cannotGoBack), again]
        case .skip: return skip(variable, index: index)
        case .empty: return takeEmpty(index: index)
        case .next: return hurry(.section(variable.section), index: index)
        case .rest: return hurry(.everything, index: index)
        case .show:
            return [.show(.answers(sheet.reviewSections().filter { $0.title == variable.section })), again]
        case .sections: return showSections(then: .variable(index))
        case .quit: return leave(.quit)
        }
    }

    private func details(of variable: Variable) -> Notice {
        .details(
            name: variable.name, help: variable.help, expected: variable.expectation, example: variable.example,
            isRequired: sheet.isRequired(variable))
    }

    /// Takes the proposal, or leaves the variable empty where that is allowed.
    private mutating func skip(_ variable: Variable, index: Int) -> [WizardAction] {
        if sheet.isAnswered(variable) { return move(on: index) }
        if sheet.isRequired(variable) {
            return [.show(.cannotSkip(name: variable.name)), .ask(question(for: variable))]
        }
        sheet.take("", for: variable.name)
        return move(on: index)
    }

    /// Where Enter means the proposal, nothing can be typed.
    private mutating func takeEmpty(index: Int) -> [WizardAction] { takeAnswer("", index: index) }

    /// Takes the remaining proposals, of the section or of all; what has none is still asked for.
    private mutating func hurry(_ haste: Haste, index: Int) -> [WizardAction] {
        self.haste = haste
        return advance(from: index)
    }

    // MARK: Sections

    /// Shows the sections and asks which of them to go through; Enter leads to the phase.
    mutating func showSections(then back: Phase) -> [WizardAction] {
        [.show(.sections(summaries))] + ask(.sections(back))
    }

    private var sections: [Schema.Section] { sheet.schema.sections.filter { !$0.variables.isEmpty } }

    private var summaries: [SectionSummary] {
        sections.map { section in
            let reasons = section.variables.map(sheet.reasonToSkip)
            let meant = zip(section.variables, reasons).filter { $0.1 == nil }.map(\.0)
            return SectionSummary(
                title: section.title, count: meant.count, skipped: meant.isEmpty ? reasons.first ?? nil : nil,
                open: meant.filter { !sheet.isAnswered($0) }.map(\.name))
        }
    }

    mutating func takeSection(_ text: String?, back: Phase) -> [WizardAction] {
        let word = text?.trimmed ?? ""
        switch word.lowercased() {
        case "", "n", "no": return again(back)
        case ":back", ":b": return goBack() ?? again(back)
        case ":quit", ":q": return leave(.quit)
        case "?", ":help", ":h": return [.show(.explanation(.sections))] + ask(.sections(back))
        case ":show": return [.show(.answers(sheet.reviewSections()))] + ask(.sections(back))
        default: break
        }
        guard let title = SectionName.title(of: word, among: sections.map(\.title)) else {
            return [.show(.unknownSection(word))] + ask(.sections(back))
        }
        return descend(into: .section(title), thenTo: .sections(back))
    }

    // MARK: Ctrl-C

    /// The first opens a menu, the second leaves.
    mutating func interrupt() -> [WizardAction] {
        switch phase {
        case .ended: return []
        case .start: return end(.interrupted, saying: .startLater)
        case .menu, .writing: return leave(.interrupted)
        default: return ask(.menu(phase))
        }
    }

    mutating func takeMenu(_ text: String?, back: Phase) -> [WizardAction] {
        switch text?.trimmed.lowercased() ?? "" {
        case "", "1": return again(back)
        case "2", ":back", ":b": return goBack() ?? [.show(.cannotGoBack)] + again(back)
        case "3", ":show": return [.show(.answers(sheet.reviewSections()))] + ask(.menu(back))
        case "4", ":quit", ":q": return leave(.interrupted)
        default: return [.show(.chooseNumber(4))] + ask(.menu(back))
        }
    }
}

/// How people name a section of the template.
enum SectionName {
    /// The title by its number, its name or the beginning of it, in capitals or not; nil for what names none, or several.
    static func title(of word: String, among titles: [String]) -> String? {
        if let number = Int(word) { return titles.indices.contains(number - 1) ? titles[number - 1] : nil }
        let wanted = key(word)
        guard !wanted.isEmpty else { return nil }
        if let title = titles.first(where: { key($0) == wanted }) { return title }
        let matching = titles.filter { key($0).hasPrefix(wanted) || words($0).contains(wanted) }
        return matching.count == 1 ? matching[0] : nil
    }

    private static func key(_ text: String) -> String { words(text).joined(separator: " ") }

    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }
}
