/// What the bytes of a journal say, up to the first line that cannot be read. Pure.
struct JournalReading: Equatable, Sendable {
    /// nil where not even the first line was written whole.
    var header: JournalHeader?
    /// The last answer to each variable that is no secret.
    var answers: [String: String] = [:]
    /// The reference of each secret.
    var references: [String: String] = [:]
    var position: WizardPosition?
    /// The first line, from 1, that was written whole and is not what was written; nil where all are.
    var damagedLine: Int?

    /// A last line without its end was being written when careinit was stopped: it counts as not written.
    init(_ bytes: [UInt8]) {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast()
        for (index, line) in lines.enumerated() {
            guard let entry = JournalEntry(line: line), take(entry, isFirst: index == 0) else {
                damagedLine = index + 1
                return
            }
        }
    }

    /// - Returns: Whether the entry may stand there.
    private mutating func take(_ entry: JournalEntry, isFirst: Bool) -> Bool {
        if case .header(let header) = entry {
            self.header = header
            return isFirst
        }
        guard !isFirst else { return false }
        switch entry {
        case .header: return false
        case .profile(let profile): header?.profile = profile
        case .answer(let name, let value):
            answers[name] = value
            references[name] = nil
        case .secret(let name, let reference):
            references[name] = reference
            answers[name] = nil
        case .forget(let name):
            answers[name] = nil
            references[name] = nil
        case .position(let position): self.position = position
        }
        return true
    }
}
