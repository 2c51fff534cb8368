import EnvSchema

/// The wizard as a pure state machine: an event goes in, actions come out. No terminal, no file, no clock.
///
/// It goes through a walk of variables. From any question it can descend into another walk, such as one section or one
/// variable, and comes back to the question that it left.
struct WizardEngine: Sendable {
    var sheet: AnswerSheet
    let options: Options
    var phase: Phase = .profile
    var walk: Walk = .essentials
    /// The walks that were left for the present one, and where.
    var frames: [Frame] = []
    /// What was asked for, oldest first, for `:back`.
    var trail: [Stop] = []
    /// Questions with a usable proposal are passed over until this section ends, or to the very end.
    var haste: Haste = .none
    /// The section whose questions are being asked; nil before the first and after the last.
    var openSection: String?
    /// Where the proof of the mail server sends a mail to; nil: nowhere.
    var testMail: String?

    struct Options: Sendable {
        var environmentFile = ".env"
        /// Whether the first question is what the installation is for.
        var asksForProfile = false
        /// The only section to go through; nil: the essentials.
        var section: String?
        var upgrade = TemplateUpgrade()
        /// Where an earlier run ended.
        var resumesAt: WizardPosition?
        /// What goes on with the answers of this run, such as `careinit wizard`.
        var command = "careinit wizard"
        /// What the proofs of a section would look at; empty where there is nothing to prove.
        var proofs: @Sendable (AnswerSheet, String) -> [String] = { _, _ in [] }
    }

    indirect enum Phase: Sendable, Equatable {
        case profile
        case retired(Int)
        case variable(Int)
        /// The proofs of a section are offered; the walk goes on at the index.
        case proof(String, next: Int)
        case proving(String, next: Int)
        /// Proofs that failed, and the first of them is asked about.
        case failed([ProofOutcome], section: String, next: Int)
        /// The list of sections, and what Enter leads to.
        case sections(Phase)
        case menu(Phase)
        case review
        case writing
        case start
        case ended
    }

    struct Frame: Sendable, Equatable {
        var walk: Walk
        var phase: Phase
    }

    struct Stop: Sendable, Equatable {
        var index: Int
        var walk: Walk
        var frames: [Frame]
    }

    enum Haste: Sendable, Equatable { case none, section(String), everything }

    init(sheet: AnswerSheet, options: Options) {
        self.sheet = sheet
        self.options = options
        if let section = options.section {
            walk = .section(section)
        } else if !options.upgrade.isEmpty {
            walk = .upgrade(options.upgrade.names)
        }
    }

    var variables: [Variable] { sheet.schema.variables }

    /// Where another run can go on; nil where it would begin anew, or at what came before.
    var position: WizardPosition? {
        switch phase {
        case .variable(let index): .variable(variables[index].name)
        case .review: .review
        default: nil
        }
    }

    mutating func handle(_ event: WizardEvent) -> [WizardAction] {
        switch event {
        case .begin: return begin()
        case .reply(.interrupted): return interrupt()
        case .reply(.endOfInput):
            if phase == .ended { return [] }
            return phase == .start ? end(.finished, saying: .startLater) : leave(.quit)
        case .reply(.accepted): return take(nil)
        case .reply(.line(let line)): return take(line)
        case .proved(let outcomes): return takeProof(outcomes)
        case .written(let canStart):
            if !canStart { return end(.finished, saying: .certificateFirst) }
            return ask(.start)
        case .writeFailed: return review()
        case .changedMeanwhile(let bytes):
            sheet.inputs.existing = bytes.map { EnvDocument(parsing: $0) }
            return [.show(.changedMeanwhile)] + review()
        }
    }

    private mutating func take(_ text: String?) -> [WizardAction] {
        switch phase {
        case .profile: takeProfile(text)
        case .retired(let index): takeRetired(text, index: index)
        case .variable(let index): takeAnswer(text, index: index)
        case .proof(let section, let next): takeProofOffer(text, section: section, next: next)
        case .failed(let failures, let section, let next):
            takeFailure(text, failures, section: section, next: next)
        case .sections(let back): takeSection(text, back: back)
        case .menu(let back): takeMenu(text, back: back)
        case .review: takeReview(text)
        case .start: takeStart(text)
        case .proving, .writing, .ended: []
        }
    }

    mutating func end(_ end: WizardEnd, saying notice: Notice?) -> [WizardAction] {
        phase = .ended
        return (notice.map { [.show($0)] } ?? []) + [.end(end)]
    }

    /// Ends it before anything is written.
    mutating func leave(_ end: WizardEnd) -> [WizardAction] {
        self.end(
            end,
            saying: .left(isInterrupted: end == .interrupted, goOn: hasSomethingToKeep ? options.command : nil))
    }

    /// Whether another run would have something to go on with: an answer, or a question that was passed.
    var hasSomethingToKeep: Bool { !sheet.typed.isEmpty || !sheet.removed.isEmpty || !trail.isEmpty }

    // MARK: The beginning

    private mutating func begin() -> [WizardAction] {
        let exists = sheet.inputs.existing != nil
        var actions: [WizardAction] = [
            .show(.welcome(environmentFile: options.environmentFile, exists: exists)), .show(.hint),
        ]
        if let position = options.resumesAt {
            actions.append(.show(.resumed(answerCount: sheet.typed.count)))
            return actions + resume(at: position)
        }
        if options.asksForProfile { return actions + ask(.profile) }
        if !options.upgrade.isEmpty { actions.append(.show(.upgrade(options.upgrade))) }
        return actions + askRetired(from: 0)
    }

    /// Where an earlier run ended, with what it had asked for before as the way back.
    private mutating func resume(at position: WizardPosition) -> [WizardAction] {
        var end = variables.count
        if case .variable(let name) = position { end = variables.firstIndex { $0.name == name } ?? end }
        for index in 0..<end where isAsked(index) {
            trail.append(Stop(index: index, walk: walk, frames: []))
        }
        // Asked once more, whatever the walk is now: an answer may have been half typed.
        if end < variables.count, sheet.reasonToSkip(variables[end]) == nil { return ask(.variable(end)) }
        return advance(from: end)
    }

    private mutating func takeProfile(_ text: String?) -> [WizardAction] {
        switch text?.trimmed.lowercased() {
        case nil, "", "1", "local": sheet.inputs.profile = .local
        case "2", "production": sheet.inputs.profile = .production
        case ":quit", ":q": return leave(.quit)
        case "?", ":help", ":h": return [.show(.explanation(.profile))] + ask(.profile)
        default: return [.show(.chooseProfile)] + ask(.profile)
        }
        return askRetired(from: 0)
    }

    // MARK: Retired variables

    private mutating func askRetired(from index: Int) -> [WizardAction] {
        guard index < options.upgrade.retired.count else { return advance(from: 0) }
        return ask(.retired(index))
    }

    private mutating func takeRetired(_ text: String?, index: Int) -> [WizardAction] {
        switch YesOrNo(text) {
        case .yes: retire(options.upgrade.retired[index])
        case .no: sheet.removed.remove(options.upgrade.retired[index].name)
        case .quit: return leave(.quit)
        case .neither: return [.show(.answerYesOrNo)] + ask(.retired(index))
        }
        return askRetired(from: index + 1)
    }

    /// Takes it out; what it said is proposed for the variable that took its place.
    private mutating func retire(_ retired: TemplateUpgrade.Retired) {
        sheet.removed.insert(retired.name)
        guard let existing = sheet.inputs.existing, let name = retired.replacement,
            existing.value(of: name) == nil, let value = existing.value(of: retired.name),
            let variable = sheet.schema[name], !variable.findings(for: value).hasErrors
        else { return }
        sheet.take(value, for: name)
    }

    // MARK: The end

    private mutating func takeStart(_ text: String?) -> [WizardAction] {
        switch YesOrNo(text) {
        case .yes:
            phase = .ended
            return [.start]
        case .no, .quit: return end(.finished, saying: .startLater)
        case .neither: return [.show(.answerYesOrNo)] + ask(.start)
        }
    }
}

/// An answer to a question whose proposal is yes.
enum YesOrNo: Sendable, Equatable {
    case yes, no, quit, neither

    init(_ text: String?) {
        switch text?.trimmed.lowercased() ?? "" {
        case "", "y", "yes": self = .yes
        case "n", "no": self = .no
        case ":quit", ":q": self = .quit
        default: self = .neither
        }
    }
}
