import EnvSchema

/// What comes before the first question: the answers of an earlier run, what the template brought, where to go on.
struct WizardBeginning {
    let provisioner: Provisioner
    let terminal: any WizardTerminal
    let wording: WizardWording
    /// From the command line; nil where it was not given.
    var profile: Profile?
    var options: WizardEngine.Options

    /// The engine, ready to begin, and the journal that follows it; nil where the operator left.
    enum Outcome {
        case ready(WizardEngine, WizardJournalist)
        case left(ExitCode)
    }

    func begin() throws -> Outcome {
        let (project, template) = (provisioner.project, provisioner.template.bytes)
        let contents = try WizardJournal.load(project, template: template, now: provisioner.now)
        if let damage = contents?.damage { terminal.show(wording.damaged(damage)) }
        guard let contents, contents.position != nil || !contents.answers.isEmpty else {
            return try ready(from: nil)
        }
        while true {
            terminal.show(wording.offer(contents))
            switch terminal.read(Prompt(label: "Go on there? Y or n")) {
            case .interrupted: return .left(.interrupted)
            case .endOfInput: return .left(.failure)
            case .accepted: return try ready(from: contents)
            case .line(let line):
                switch YesOrNo(line) {
                case .yes: return try ready(from: contents)
                case .no: return try ready(from: nil)
                case .quit: return .left(.failure)
                case .neither: terminal.show("Please answer y or n.")
                }
            }
        }
    }

    private func ready(from contents: WizardJournal.Contents?) throws -> Outcome {
        var contents = contents
        // What the command line says goes before what was said the last time.
        if let profile { contents?.header.profile = profile }
        var sheet = try provisioner.sheet(profile: contents?.profile ?? profile, given: GivenAnswers())
        try provisioner.requireSecretsOfData(sheet)
        var options = options
        options.upgrade =
            options.section == nil ? provisioner.upgrade(of: sheet.inputs.existing) : TemplateUpgrade()
        options.asksForProfile = profile == nil && sheet.inputs.existing == nil
        if let contents {
            WizardJournalist.restore(contents, to: &sheet)
            options.resumesAt = contents.position
        }
        let journal =
            if let contents { try WizardJournal.resume(provisioner.project, contents) } else {
                try WizardJournal.begin(
                    provisioner.project, template: provisioner.template.bytes, profile: profile,
                    now: provisioner.now)
            }
        return .ready(WizardEngine(sheet: sheet, options: options), WizardJournalist(journal, sheet))
    }
}

extension WizardWording {
    func damaged(_ damage: WizardJournal.Damage) -> String {
        wrap(
            "The answers of an earlier run could be read up to line \(damage.line) only; they are kept in "
                + "\(damage.movedTo).")
    }

    /// What an earlier run has left.
    func offer(_ contents: WizardJournal.Contents) -> String {
        let count = contents.answers.count
        var text = "An earlier run, begun \(age(contents.age)) ago, ended"
        if case .variable(let name) = contents.position { text += " at \(name)" }
        if contents.position == .review { text += " at the review" }
        text += count == 0 ? "." : " with \(count) answer\(count == 1 ? "" : "s")."
        if contents.environmentChanged { text += " \(environmentFile) has changed since." }
        if contents.templateChanged { text += " The template has changed since." }
        if !contents.lostSecrets.isEmpty {
            text += " To be given again: \(contents.lostSecrets.joined(separator: ", "))."
        }
        return "\n" + wrap(text)
    }

    private func age(_ seconds: Int64) -> String {
        let (value, unit) =
            switch seconds {
            case ..<120: (seconds, "second")
            case ..<7200: (seconds / 60, "minute")
            case ..<172_800: (seconds / 3600, "hour")
            default: (seconds / 86_400, "day")
            }
        return "\(value) \(unit)\(value == 1 ? "" : "s")"
    }
}
