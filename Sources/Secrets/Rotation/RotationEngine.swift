/// What a rotation acts on, and asks: the servers, the services, the settings and the journal's file.
package protocol RotationWorld: AnyObject {
    /// Unix seconds.
    var now: Int64 { get }

    /// Makes the journal last: what it says is on the disk when this returns.
    func save(_ journal: RotationJournal) throws

    /// Called when the journal names the step, and nothing of it was done.
    func reached(_ step: RotationStep, number: Int, of count: Int) throws

    /// Whether what the step brings about is already so. Asks servers and files, never the journal.
    func holds(_ step: RotationStep, in run: RotationRun) throws -> Bool

    /// Brings it about. A step that is done a second time does no harm.
    func perform(_ step: RotationStep, in run: RotationRun) throws

    /// Forgets the values of every secret that the journal does not name.
    func scrub(keeping names: Set<String>) throws
}

/// Carries out the run of a journal, from wherever an earlier process was ended.
///
/// It always begins at the first step: each asks what is so before it does anything. So a journal that is older than reality, or
/// a server that was put back from a backup, leads to the same end.
package struct RotationEngine {
    private let world: any RotationWorld

    package init(_ world: any RotationWorld) { self.world = world }

    /// - Returns: The journal as it is afterwards, which the world has saved.
    /// - Throws: what the world throws; everything is then as a process that was killed would have left it.
    package func run(_ journal: RotationJournal) throws -> RotationJournal {
        var journal = journal
        if let run = journal.current {
            for (index, step) in run.steps.enumerated() { try take(step, index, of: run.steps.count, &journal) }
        }
        journal.complete()
        try world.save(journal)
        try world.scrub(keeping: journal.names)
        return journal
    }

    private func take(_ step: RotationStep, _ index: Int, of count: Int, _ journal: inout RotationJournal) throws {
        // Never back: that a step was begun once stays true, whatever is begun again.
        let furthest = journal.current?.boundary ?? 0
        journal.current?.boundary = max(index, furthest)
        try world.save(journal)
        try world.reached(step, number: index + 1, of: count)
        guard let run = journal.current else { return }
        if try !world.holds(step, in: run) { try world.perform(step, in: run) }
        journal.current?.finish(step, now: world.now)
        // What is retired is left out by the next step, so that it must be remembered first.
        if case .retire = step { try world.save(journal) }
    }
}
