/// Keeps the journal in step with the engine: whatever an event changed is on disk before the next question.
///
/// A journal that cannot be written costs no answer: it is told once, and the wizard goes on without.
final class WizardJournalist {
    private let journal: WizardJournal
    private let schema: (String) -> Bool
    private var known: [String: String]
    private var profile: Profile
    private var position: WizardPosition?
    private var isBroken = false

    /// The names of retired variables that are to go stand in the journal with this before them.
    private static let removal = "remove "
    /// Proofs that failed and were accepted stand there by their number, with this before it.
    private static let acceptance = "accept "

    /// - Parameters:
    ///   - journal: Begun or gone on with, holding what the sheet holds.
    ///   - sheet: As the engine begins with it.
    init(_ journal: WizardJournal, _ sheet: AnswerSheet) {
        self.journal = journal
        schema = { sheet.schema[$0]?.isSecret ?? true }
        known = Self.answers(sheet)
        profile = sheet.inputs.profile
    }

    /// Writes down what differs from the last call.
    ///
    /// - Returns: Why it could not, the first time; nil where it could.
    func follow(_ engine: WizardEngine) -> CommandFailure? {
        if isBroken { return nil }
        do throws(CommandFailure) {
            try write(engine)
            return nil
        } catch {
            isBroken = true
            return error
        }
    }

    private func write(_ engine: WizardEngine) throws(CommandFailure) {
        if engine.sheet.inputs.profile != profile {
            profile = engine.sheet.inputs.profile
            try journal.choose(profile)
        }
        let answers = Self.answers(engine.sheet)
        for (name, value) in answers.sorted(by: { $0.key < $1.key }) where known[name] != value {
            try journal.record(name: name, value: value, isSecret: !Self.isOwn(name) && schema(name))
        }
        for name in known.keys.sorted() where answers[name] == nil { try journal.forget(name: name) }
        known = answers
        if let position = engine.position, position != self.position {
            self.position = position
            try journal.moveTo(position)
        }
    }

    /// Everything is written: nothing is left to go on with.
    func finish() { try? journal.remove() }

    // MARK: Answers as the journal has them

    private static func answers(_ sheet: AnswerSheet) -> [String: String] {
        var answers = sheet.removed.reduce(into: sheet.typed) { $0[removal + $1] = "yes" }
        for (number, failure) in sheet.acceptedFailures.enumerated() {
            answers["\(acceptance)\(number)"] = failure
        }
        return answers
    }

    /// Whether it is no variable's name.
    private static func isOwn(_ name: String) -> Bool { name.hasPrefix(removal) || name.hasPrefix(acceptance) }

    /// Puts the answers of an earlier run into the sheet.
    static func restore(_ contents: WizardJournal.Contents, to sheet: inout AnswerSheet) {
        for (name, value) in contents.answers {
            if name.hasPrefix(removal) {
                sheet.removed.insert(String(name.dropFirst(removal.count)))
            } else if !name.hasPrefix(acceptance) {
                sheet.take(value, for: name)
            }
        }
        let accepted = contents.answers.filter { $0.key.hasPrefix(acceptance) }
        let number = { (name: String) in Int(name.dropFirst(acceptance.count)) ?? 0 }
        sheet.acceptedFailures = accepted.sorted { number($0.key) < number($1.key) }.map(\.value)
    }
}
