import EnvSchema

/// The wizard as a pure state machine: an event goes in, actions come out. No terminal, no file, no clock.
struct WizardEngine: Sendable {
    private(set) var sheet: AnswerSheet
    private let environmentFile: String
    private let asksForProfile: Bool
    private var phase: Phase = .profile
    /// The variables that were asked for, oldest first, for `:back`.
    private var asked: [Int] = []
    /// Questions with a usable proposal are passed over until this section ends, or to the very end.
    private var haste: Haste = .none
    private var lastSection: String?

    private enum Phase: Equatable {
        case profile
        case variable(Int, returnsToReview: Bool)
        case review
        case writing
        case start
        case ended
    }

    private enum Haste: Equatable { case none, section(String), everything }

    /// With `asksForProfile` the first question is what the installation is for.
    init(sheet: AnswerSheet, environmentFile: String, asksForProfile: Bool) {
        self.sheet = sheet
        self.environmentFile = environmentFile
        self.asksForProfile = asksForProfile
    }

    mutating func handle(_ event: WizardEvent) -> [WizardAction] {
        switch event {
        case .begin:
            let welcome = Notice.welcome(environmentFile: environmentFile, exists: sheet.inputs.existing != nil)
            return [.show(welcome), .show(.commands)] + (asksForProfile ? [.ask(.profile)] : advance(from: 0))
        case .reply(.interrupted):
            return end(.interrupted, saying: phase == .start ? .startLater : .interrupted)
        case .reply(.endOfInput):
            return phase == .start ? end(.finished, saying: .startLater) : end(.quit, saying: .kept)
        case .reply(let reply): return take(reply)
        case .written(let canStart):
            if !canStart { return end(.finished, saying: .certificateFirst) }
            phase = .start
            return [.ask(.start)]
        case .writeFailed:
            return review()
        }
    }

    private mutating func take(_ reply: Reply) -> [WizardAction] {
        let text: String? = if case .line(let line) = reply { line } else { nil }
        switch phase {
        case .profile: return takeProfile(text)
        case .variable(let index, let returns): return takeAnswer(text, index: index, returnsToReview: returns)
        case .review: return takeReview(text)
        case .start: return takeStart(text)
        case .writing, .ended: return []
        }
    }

    private mutating func end(_ end: WizardEnd, saying notice: Notice?) -> [WizardAction] {
        phase = .ended
        return (notice.map { [.show($0)] } ?? []) + [.end(end)]
    }

    // MARK: The profile

    private mutating func takeProfile(_ text: String?) -> [WizardAction] {
        switch text?.trimmed.lowercased() {
        case nil, "", "1", "local": sheet.inputs.profile = .local
        case "2", "production": sheet.inputs.profile = .production
        case ":quit", ":q": return end(.quit, saying: .kept)
        default: return [.show(.chooseProfile), .ask(.profile)]
        }
        return advance(from: 0)
    }

    // MARK: Variables

    /// Asks for the next variable that applies, from the index on.
    private mutating func advance(from start: Int) -> [WizardAction] {
        var actions: [WizardAction] = []
        for index in start..<sheet.schema.variables.count {
            let variable = sheet.schema.variables[index]
            actions += enter(variable.section)
            if let reason = sheet.reasonToSkip(variable) {
                if haste == .none { actions.append(.show(.skipped(name: variable.name, reason))) }
            } else if passesOver(variable) {
                continue
            } else {
                return actions + ask(index, returnsToReview: false)
            }
        }
        return actions + review()
    }

    private mutating func enter(_ section: String) -> [WizardAction] {
        if section == lastSection { return [] }
        lastSection = section
        if case .section = haste { haste = .none }
        let titles = sheet.schema.sections.filter { !$0.variables.isEmpty }.map(\.title)
        guard haste == .none, let number = titles.firstIndex(of: section) else { return [] }
        return [.show(.section(title: section, number: number + 1, count: titles.count))]
    }

    private func passesOver(_ variable: Variable) -> Bool {
        haste != .none
            && sheet.answer(for: variable).map { isUsable($0.value, for: variable) } ?? false
    }

    private mutating func ask(_ index: Int, returnsToReview: Bool) -> [WizardAction] {
        let variable = sheet.schema.variables[index]
        phase = .variable(index, returnsToReview: returnsToReview)
        var actions: [WizardAction] = [.show(.help(text: variable.help, example: variable.example))]
        if sheet.answer(for: variable)?.source == .freePort, let port = sheet.inputs.freePorts[variable.name] {
            actions.append(.show(.portTaken(name: variable.name, port)))
        }
        return actions + [.ask(question(for: variable))]
    }

    func question(for variable: Variable) -> Question {
        let answer = sheet.answer(for: variable)
        let offer: VariableQuestion.Offer
        switch answer {
        case nil: offer = .nothing
        case let answer? where answer.value.isEmpty: offer = .empty
        case let answer? where variable.isSecret: offer = answer.source == .generated ? .generate : .keep
        default: offer = .value
        }
        return .variable(
            VariableQuestion(
                name: variable.name, isSecret: variable.isSecret,
                proposal: variable.isSecret ? nil : answer?.value, offer: offer))
    }

    private mutating func takeAnswer(_ text: String?, index: Int, returnsToReview: Bool) -> [WizardAction] {
        let variable = sheet.schema.variables[index]
        if let text, let actions = command(text, index: index, returnsToReview: returnsToReview) { return actions }
        guard let value = text.map({ variable.isSecret ? $0 : $0.trimmed }) ?? sheet.answer(for: variable)?.value
        else { return refuse([Self.missing(variable)], variable) }
        let before = sheet
        if text != nil { sheet.take(value, for: variable.name) }
        let problems = problems(of: variable, upTo: index)
        if !problems.isEmpty {
            sheet = before
            return refuse(problems, variable)
        }
        return move(on: index, returnsToReview: returnsToReview)
    }

    private static func missing(_ variable: Variable) -> Finding {
        Finding(.missingRequired, variable: variable.name, context: .init(expected: variable.expectation))
    }

    private mutating func move(on index: Int, returnsToReview: Bool) -> [WizardAction] {
        if returnsToReview { return review() }
        asked.append(index)
        return advance(from: index + 1)
    }

    private func refuse(_ findings: [Finding], _ variable: Variable) -> [WizardAction] {
        [.show(.findings(findings, name: variable.name)), .ask(question(for: variable))]
    }

    /// Whether the proposal can be taken without a question.
    private func isUsable(_ value: String, for variable: Variable) -> Bool {
        value.isEmpty ? !sheet.isRequired(variable) : !variable.findings(for: value).hasErrors
    }

    /// What is wrong with the answer, for itself and together with those given before it.
    private func problems(of variable: Variable, upTo index: Int) -> [Finding] {
        let known = Set(sheet.schema.variables[...index].map(\.name))
        return sheet.answerFindings().filter { finding in
            let names = finding.context.others + [finding.variable].compactMap { $0 }
            return finding.severity == .error && names.contains(variable.name) && known.isSuperset(of: names)
        }
    }

    // MARK: Commands

    /// Nil where the text is an answer.
    private mutating func command(_ text: String, index: Int, returnsToReview: Bool) -> [WizardAction]? {
        let variable = sheet.schema.variables[index]
        let again = WizardAction.ask(question(for: variable))
        switch Self.commandWord(in: text, after: sheet.answer(for: variable)?.value) {
        case "?", ":help", ":h":
            return [
                .show(
                    .details(
                        name: variable.name, help: variable.help, expected: variable.expectation,
                        example: variable.example, isRequired: sheet.isRequired(variable))),
                .show(.commands), again,
            ]
        case ":back", ":b":
            guard let previous = asked.popLast() else { return [.show(.cannotGoBack), again] }
            haste = .none
            lastSection = sheet.schema.variables[previous].section
            return ask(previous, returnsToReview: false)
        case ":skip", ":s": return skip(variable, index: index, returnsToReview: returnsToReview)
        case ":next": return hurry(.section(variable.section), index: index)
        case ":rest": return hurry(.everything, index: index)
        case ":quit", ":q": return end(.quit, saying: .kept)
        case let word where word.hasPrefix(":") && !variable.isSecret:
            return [.show(.unknownCommand(word)), again]
        default: return nil
        }
    }

    /// The text without the proposal that a command was typed behind: it stands in the line already.
    private static func commandWord(in text: String, after proposal: String?) -> String {
        let word = text.trimmed
        guard let proposal, !proposal.isEmpty, word.hasPrefix(proposal) else { return word }
        let rest = String(word.dropFirst(proposal.count)).trimmed
        return commandWords.contains(rest) ? rest : word
    }

    private static let commandWords: Set<String> = [
        "?", ":help", ":h", ":back", ":b", ":skip", ":s", ":next", ":rest", ":quit", ":q",
    ]

    /// Takes the proposal, or leaves the variable empty where that is allowed.
    private mutating func skip(_ variable: Variable, index: Int, returnsToReview: Bool) -> [WizardAction] {
        if let answer = sheet.answer(for: variable), isUsable(answer.value, for: variable) {
            return move(on: index, returnsToReview: returnsToReview)
        }
        if sheet.isRequired(variable) {
            return [.show(.cannotSkip(name: variable.name)), .ask(question(for: variable))]
        }
        sheet.take("", for: variable.name)
        return move(on: index, returnsToReview: returnsToReview)
    }

    /// Takes the remaining proposals, of the section or of all; what has none is still asked for.
    private mutating func hurry(_ haste: Haste, index: Int) -> [WizardAction] {
        self.haste = haste
        return advance(from: index)
    }

    // MARK: The end

    private mutating func review() -> [WizardAction] {
        phase = .review
        haste = .none
        let findings = sheet.findings().filter { $0.severity == .error }
        return [
            .show(.review(sheet.reviewSections(), findings: findings)),
            .ask(.review(isComplete: findings.isEmpty, existing: sheet.inputs.existing != nil)),
        ]
    }

    private mutating func takeReview(_ text: String?) -> [WizardAction] {
        let word = text?.trimmed ?? ""
        let isComplete = !sheet.findings().hasErrors
        switch word.lowercased() {
        case "", "y", "yes":
            if !isComplete { return review() }
            phase = .writing
            return [.write]
        case "n", "no", ":quit", ":q": return end(.quit, saying: .kept)
        case ":back", ":b":
            guard let previous = asked.popLast() else { return [.show(.cannotGoBack)] + review() }
            return ask(previous, returnsToReview: false)
        default: return edit(word.uppercased())
        }
    }

    /// Asks once more for the variable of that name, then shows the review again.
    private mutating func edit(_ name: String) -> [WizardAction] {
        let variables = sheet.schema.variables
        guard let index = variables.firstIndex(where: { $0.name == name }) else {
            let suggestion = Suggestion.nearest(to: name, among: variables.map(\.name))
            let isComplete = !sheet.findings().hasErrors
            return [
                .show(.unknownName(name, suggestion: suggestion)),
                .ask(.review(isComplete: isComplete, existing: sheet.inputs.existing != nil)),
            ]
        }
        if sheet.reasonToSkip(variables[index]) == .boundToData {
            return [.show(.skipped(name: name, .boundToData))] + review()
        }
        return ask(index, returnsToReview: true)
    }

    private mutating func takeStart(_ text: String?) -> [WizardAction] {
        switch text?.trimmed.lowercased() ?? "" {
        case "", "y", "yes":
            phase = .ended
            return [.start]
        case "n", "no", ":quit", ":q": return end(.finished, saying: .startLater)
        default: return [.show(.answerYesOrNo), .ask(.start)]
        }
    }
}
