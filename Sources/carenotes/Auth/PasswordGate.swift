import Secrets

/// Hashes passwords one at a time, and lets few wait for it: each run takes 32 MiB and a good part of a second, and whoever
/// sends many passwords must not take memory, workers or processor from those who write notes.
final class PasswordGate: Sendable {
    private struct State {
        var inside = 0
        var isHashing = false
        var runs = 0
    }

    let cost: Scrypt.Cost
    /// Requests that hash or wait to.
    private let capacity: Int
    private let patience: Duration
    private let monitor = Monitor(State())
    /// For users that there are not: as dear as a real one.
    private let decoy: PasswordHash

    /// - Throws: Where OpenSSL has no random bytes.
    init(cost: Scrypt.Cost = .standard, capacity: Int = 5, patience: Duration = .seconds(4)) throws(SecretsError) {
        self.cost = cost
        self.capacity = capacity
        self.patience = patience
        decoy = try PasswordHash.unmatchable(cost: cost)
    }

    /// How often a password was hashed.
    var runs: Int { monitor.withLock { $0.runs } }

    /// Runs `body`, which may hash, unless too many do already.
    func admit<Value>(_ body: () throws(AccountError) -> Value) throws(AccountError) -> Value {
        let isAdmitted = monitor.withLock { state in
            guard state.inside < capacity else { return false }
            state.inside += 1
            return true
        }
        guard isAdmitted else { throw .busy }
        defer { monitor.withLock { $0.inside -= 1 } }
        return try body()
    }

    func hash(_ password: SecretBytes) throws(AccountError) -> PasswordHash {
        try alone { () throws(SecretsError) in try PasswordHash(of: password, cost: cost) }
    }

    /// Whether the password matches what is stored; never where nothing is, and that takes as long.
    func matches(_ password: SecretBytes, stored: String?) throws(AccountError) -> Bool {
        let hash = stored.flatMap { PasswordHash(text: $0) }
        let isMatch = try alone { () throws(SecretsError) in try (hash ?? decoy).matches(password) }
        return isMatch && hash != nil
    }

    /// Whether what is stored should be made anew, now that the password is at hand.
    func isOutdated(_ stored: String) -> Bool { PasswordHash(text: stored)?.isWeaker(than: cost) ?? true }

    private func alone<Value>(_ body: () throws(SecretsError) -> Value) throws(AccountError) -> Value {
        let isMine: Bool? = monitor.wait(until: Deadline(in: patience).withinRequest) { state in
            if state.isHashing { return nil }
            state.isHashing = true
            state.runs += 1
            return true
        }
        guard isMine == true else { throw .busy }
        defer { monitor.update { $0.isHashing = false } }
        do throws(SecretsError) { return try body() } catch { throw .records(.internalFailure) }
    }
}
