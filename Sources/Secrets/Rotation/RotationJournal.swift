/// What a stack has to remember about the changes of its secrets. Holds no value of any.
package struct RotationJournal: Codable, Equatable, Sendable {
    package var version = 1
    /// What is being done, or was when the process ended.
    package var current: RotationRun?
    /// Old secrets that are still accepted, since something that was made with them is still good.
    package var waiting: [RotationItem] = []

    package init() {}

    /// Every secret that has two values now.
    package var items: [RotationItem] { (current?.items ?? []) + waiting }
    package var names: Set<String> { Set(items.map(\.name)) }
    package var isEmpty: Bool { current == nil && waiting.isEmpty }

    /// Those that wait for nothing but the time that has come.
    package func due(at now: Int64) -> [RotationItem] { waiting.filter { $0.retireAt.map { $0 <= now } ?? false } }

    /// The names of those that may end now.
    ///
    /// - Parameters:
    ///   - now: Unix seconds.
    ///   - released: Whether the operator says that no backup needs them.
    ///   - early: Those that the operator ends before their time.
    /// - Returns: Some of `waiting`.
    package func retirable(at now: Int64, released: Bool, early: Set<String>) -> Set<String> {
        let held = waiting.filter { released && $0.retirement == .released || early.contains($0.name) }
        return Set((due(at: now) + held).map(\.name))
    }

    /// Takes what waited and may go now into a run of its own.
    package mutating func beginRetirement(of names: Set<String>, now: Int64) {
        let items = waiting.filter { names.contains($0.name) }
        guard current == nil, !items.isEmpty else { return }
        waiting.removeAll { names.contains($0.name) }
        current = RotationRun(kind: .retire, items: items, startedAt: now)
    }

    /// Ends the run: what is not retired waits.
    mutating func complete() {
        guard let run = current else { return }
        waiting += run.items.filter { !$0.isRetired && ($0.isStaged || $0.isAdmitted) }
        current = nil
    }
}
