/// What is being done now, as a value that outlives the process that does it.
package struct RotationRun: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, Sendable {
        /// From old secrets to new ones.
        case rotate
        /// From the new ones back to the old ones.
        case rollBack
        /// Old ones that had to wait go.
        case retire
    }

    package var kind: Kind
    package var items: [RotationItem]
    /// Unix seconds.
    package var startedAt: Int64
    /// The step that was begun last; nil before the first.
    package var boundary: Int?

    package init(kind: Kind, items: [RotationItem], startedAt: Int64) {
        (self.kind, self.items, self.startedAt) = (kind, items, startedAt)
    }

    /// Every step, in order: the same for the same items, whatever has been done.
    package var steps: [RotationStep] {
        guard kind != .retire else { return retirement(of: items) }
        var steps = items.filter(\.isStaged).map { RotationStep.stage($0.name) }
        if items.contains(where: \.isAdmitted) { steps.append(.admit) }
        steps += items.filter(isProved).map { .prove($0.name) }
        steps += [.settle, .publish]
        steps += items.filter(\.isDrained).map { .drain($0.name) }
        return steps + retirement(of: items.filter { $0.retirement == .drained })
    }

    /// What a provider holds may have been dead since before the run: nobody could bring it back, and proving it would bar the way.
    private func isProved(_ item: RotationItem) -> Bool {
        item.isProved && (kind != .rollBack || item.isStaged || item.isAdmitted)
    }

    private func retirement(of items: [RotationItem]) -> [RotationStep] {
        let steps = items.filter { $0.isStaged || $0.isAdmitted }.map { RotationStep.retire($0.name) }
        return steps + (items.contains(where: \.isAdmitted) ? [.withdraw] : [])
    }

    /// Whether the settings may name the new secrets already. The journal is written before each step, so that a step that it
    /// does not name was not begun.
    package var mayBeSettled: Bool {
        guard kind != .retire, let boundary, let settle = steps.firstIndex(of: .settle) else {
            return kind == .retire
        }
        return boundary >= settle
    }

    /// Whether every step that was begun only looks, so that there is nothing to go on with or to take back.
    package var hasOnlyLooked: Bool {
        steps.prefix((boundary ?? -1) + 1).allSatisfy { step in
            if case .prove = step { true } else { false }
        }
    }

    /// The same secrets the other way.
    ///
    /// - Parameter now: Unix seconds.
    /// - Returns: nil where one of them is retired: there is no way back for that.
    package func reversed(now: Int64) -> RotationRun? {
        guard kind != .retire, !items.contains(where: \.isRetired) else { return nil }
        var items = items.map(\.reversed)
        if !mayBeSettled {
            // Nothing was ever made with the new ones: nothing has to wait for them.
            for index in items.indices { items[index].retirement = .drained }
        }
        return RotationRun(kind: kind == .rotate ? .rollBack : .rotate, items: items, startedAt: now)
    }

    /// Notes what a step has brought about.
    mutating func finish(_ step: RotationStep, now: Int64) {
        switch step {
        case .publish:
            for index in items.indices where items[index].publishedAt == nil { items[index].publishedAt = now }
        case .retire(let name):
            for index in items.indices where items[index].name == name { items[index].isRetired = true }
        default: break
        }
    }
}
