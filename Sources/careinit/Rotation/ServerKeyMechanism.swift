import Certs
import Secrets

/// nginx' key and certificate. Both pairs lie beside the journal for as long as it names them: what was there first, and the one
/// that was made after it.
struct ServerKeyMechanism: SecretMechanism {
    let change: ServerKeyChange
    /// The names of the pair that is to stay, and of the one that is to go.
    let target: String
    let other: String
    let isReversed: Bool

    init(_ project: Project, _ item: RotationItem, target: String, other: String) throws(CommandFailure) {
        change = try ServerKeyChange(project: project)
        (self.target, self.other, isReversed) = (target, other, item.isReversed)
    }

    private var stash: PairFolder { ServerKeyChange.stash(change.project) }

    func isStaged() throws -> Bool {
        // The way back needs no other than the one that was there first.
        stash.read(target) != nil && (isReversed || stash.read(other) != nil)
    }

    func stage() throws {
        let first = isReversed ? target : other
        if stash.read(first) == nil { try keep(try change.present(), as: first) }
        guard !isReversed, stash.read(target) == nil else { return }
        let renewal = try change.renewal(of: try pair(first))
        try keep(try renewal.make(now: Clock.now()), as: target)
    }

    func prove() throws { try change.require(try pair(target), now: Clock.now()) }

    func isSettled() throws -> Bool { change.isAtWork(try pair(target)) }

    func settle(timeout: Duration, now: Int64) throws {
        let target = try pair(target)
        try change.install(target, inPlaceOf: stash.read(other) ?? target, timeout: timeout, now: now)
    }

    func users() throws -> String? { change.difference(from: try pair(target)) }

    // MARK: - The two pairs

    private func pair(_ name: String) throws(CommandFailure) -> CertificatePair {
        if let pair = stash.read(name) { return pair }
        throw CommandFailure(
            .missingInput, "A certificate that was being put to work is gone", place: stash.path(name),
            why: "without it neither the old nor the new one can be put in force",
            fix: "put the file back from a backup")
    }

    private func keep(_ pair: CertificatePair, as name: String) throws(CommandFailure) {
        do throws(FileError) { try stash.write(pair, as: name) } catch {
            throw CommandFailure(
                .cannotCreate, "A certificate cannot be kept for the way back; nothing was changed",
                place: error.path, why: error.reason, fix: "make room or give yourself the right to write there")
        }
    }
}
