import EnvSchema

/// From one question to the next.
extension WizardEngine {
    /// Whether the present walk asks for it, as things stand.
    func isAsked(_ index: Int) -> Bool {
        walk.includes(variables[index], in: sheet) && sheet.reasonToSkip(variables[index]) == nil
    }

    /// Asks for the next variable of the walk, from the index on; offers the proofs of each section that ends before it.
    mutating func advance(from start: Int) -> [WizardAction] {
        var skipped = SkippedVariables()
        for index in start..<max(start, variables.count) {
            let variable = variables[index]
            guard walk.includes(variable, in: sheet) else { continue }
            if variable.section != openSection, let offer = closeSection(next: index) {
                return skipped.actions(sheet) + offer
            }
            if let reason = sheet.reasonToSkip(variable) {
                if haste == .none, isWorthSaying(variable, reason) { skipped.add(variable, reason) }
                continue
            }
            if case .section(let title) = haste, title != variable.section { haste = .none }
            if haste != .none, sheet.isAnswered(variable) { continue }
            openSection = variable.section
            return skipped.actions(sheet) + ask(.variable(index))
        }
        if let offer = closeSection(next: variables.count) { return skipped.actions(sheet) + offer }
        return skipped.actions(sheet) + finishWalk()
    }

    /// Whether somebody might wonder why it is not asked for: not where the profile has chosen, nor where the reason is a
    /// variable that was not asked for either.
    private func isWorthSaying(_ variable: Variable, _ reason: SkipReason) -> Bool {
        if sheet.inputs.profile == .local, variable.localValue != nil { return false }
        guard let cause = sheet.cause(ofSkipping: variable) else { return true }
        return trail.contains { variables[$0.index].name == cause }
    }

    /// Offers to prove what was answered in the section that ends; nil where there is nothing to prove.
    private mutating func closeSection(next: Int) -> [WizardAction]? {
        guard let section = openSection else { return nil }
        openSection = nil
        if case .single = walk { return nil }
        guard haste == .none, !options.proofs(sheet, section).isEmpty else { return nil }
        return ask(.proof(section, next: next))
    }

    /// Back to where the walk was begun, or on to what follows it.
    private mutating func finishWalk() -> [WizardAction] {
        haste = .none
        if let frame = frames.popLast() {
            walk = frame.walk
            return again(frame.phase)
        }
        return options.section == nil ? showSections(then: .review) : review()
    }

    /// Leaves the present walk for another one, to come back to the phase.
    mutating func descend(into walk: Walk, thenTo phase: Phase) -> [WizardAction] {
        frames.append(Frame(walk: self.walk, phase: phase))
        self.walk = walk
        openSection = nil
        return advance(from: 0)
    }

    // MARK: Asking

    /// Moves to the phase and asks its question.
    mutating func ask(_ phase: Phase) -> [WizardAction] {
        self.phase = phase
        guard case .variable(let index) = phase else { return question(of: phase).map { [.ask($0)] } ?? [] }
        let variable = variables[index]
        openSection = variable.section
        var actions: [WizardAction] = [.show(heading(index))]
        if sheet.answer(for: variable)?.source == .freePort, let port = sheet.inputs.freePorts[variable.name] {
            actions.append(.show(.portTaken(name: variable.name, port)))
        }
        return actions + [.ask(question(for: variable))]
    }

    /// The same as before, after an excursion.
    mutating func again(_ phase: Phase) -> [WizardAction] {
        switch phase {
        case .review: review()
        case .sections(let back): showSections(then: back)
        case .failed(_, let section, let next): prove(section, next: next)
        default: ask(phase)
        }
    }

    private func question(of phase: Phase) -> Question? {
        switch phase {
        case .profile: .profile
        case .retired(let index): .retired(name: options.upgrade.retired[index].name)
        case .variable(let index): question(for: variables[index])
        case .proof(let section, _): .proof(section: section, titles: options.proofs(sheet, section))
        case .failed(let failures, _, _): failures.first.map { .failedProof($0) }
        case .sections(let back): .sections(isEnd: back == .review)
        case .menu(let back): .menu(canGoBack: canGoBack(from: back))
        case .review:
            .review(
                isComplete: !sheet.findings().hasErrors, existing: sheet.inputs.existing != nil, wrong: firstWrong)
        case .start: .start
        case .proving, .writing, .ended: nil
        }
    }

    func question(for variable: Variable) -> Question {
        let answer = sheet.answer(for: variable)
        let offer: VariableQuestion.Offer
        switch answer {
        case nil: offer = .nothing
        // What goes with an answer that was given cannot be left empty.
        case let answer? where answer.value.isEmpty: offer = mayBeEmpty(variable) ? .empty : .nothing
        case let answer? where variable.isSecret: offer = answer.source == .generated ? .generate : .keep
        default: offer = .value
        }
        return .variable(
            VariableQuestion(
                name: variable.name, isSecret: variable.isSecret,
                proposal: variable.isSecret ? nil : answer?.value, offer: offer))
    }

    private func mayBeEmpty(_ variable: Variable) -> Bool {
        guard let index = variables.firstIndex(where: { $0.name == variable.name }) else { return true }
        return problems(of: variable, upTo: index).isEmpty
    }

    /// Where one stands in the section, of those questions that are asked as things stand.
    private func heading(_ index: Int) -> Notice {
        let variable = variables[index]
        let asked = variables.indices.filter { variables[$0].section == variable.section && isAsked($0) }
        return .heading(
            section: variable.section, number: (asked.firstIndex(of: index) ?? 0) + 1, count: asked.count,
            help: variable.help, example: variable.example)
    }
}

/// Variables that a walk passes, gathered so that one line says why.
private struct SkippedVariables {
    private var groups: [(reason: SkipReason, variables: [Variable])] = []

    mutating func add(_ variable: Variable, _ reason: SkipReason) {
        if let index = groups.firstIndex(where: { $0.reason == reason }) {
            groups[index].variables.append(variable)
        } else {
            groups.append((reason, [variable]))
        }
    }

    func actions(_ sheet: AnswerSheet) -> [WizardAction] {
        groups.map { group in
            let section = group.variables[0].section
            let all = sheet.schema.variables.filter { $0.section == section }
            if all.allSatisfy({ variable in group.variables.contains { $0.name == variable.name } }) {
                return .show(.sectionSkipped(section, group.reason))
            }
            return .show(.skipped(group.variables.map(\.name), group.reason))
        }
    }
}
