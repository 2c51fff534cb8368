import EnvSchema

/// Taking the answer to a variable's question.
extension WizardEngine {
    mutating func takeAnswer(_ text: String?, index: Int) -> [WizardAction] {
        let variable = variables[index]
        if let text, let actions = command(text, index: index) { return actions }
        guard let value = text.map({ variable.isSecret ? $0 : $0.trimmed }) ?? sheet.answer(for: variable)?.value
        else { return refuse([Self.missing(variable)], variable) }
        let before = sheet
        if text != nil { sheet.take(value, for: variable.name) }
        let problems = problems(of: variable, upTo: index)
        if !problems.isEmpty {
            sheet = before
            return refuse(problems, variable)
        }
        return move(on: index)
    }

    private static func missing(_ variable: Variable) -> Finding {
        Finding(.missingRequired, variable: variable.name, context: .init(expected: variable.expectation))
    }

    mutating func move(on index: Int) -> [WizardAction] {
        trail.append(Stop(index: index, walk: walk, frames: frames))
        return advance(from: index + 1)
    }

    private func refuse(_ findings: [Finding], _ variable: Variable) -> [WizardAction] {
        [.show(.findings(findings, name: variable.name)), .ask(question(for: variable))]
    }

    /// What is wrong with the answer, for itself and together with those given before it.
    func problems(of variable: Variable, upTo index: Int) -> [Finding] {
        let known = Set(variables[...index].map(\.name))
        return sheet.answerFindings().filter { finding in
            let names = finding.context.others + [finding.variable].compactMap { $0 }
            return finding.severity == .error && names.contains(variable.name) && known.isSuperset(of: names)
        }
    }

    /// Whether there is a question before that one.
    func canGoBack(from phase: Phase) -> Bool { !trail.isEmpty || options.asksForProfile && phase != .profile }

    /// Back to the question before this one, in the walk that it was asked in.
    mutating func goBack() -> [WizardAction]? {
        guard let stop = trail.popLast() else { return options.asksForProfile ? ask(.profile) : nil }
        (walk, frames, haste) = (stop.walk, stop.frames, .none)
        return ask(.variable(stop.index))
    }
}
