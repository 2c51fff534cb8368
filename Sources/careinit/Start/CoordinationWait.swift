/// Waits until every member of the database speaks with etcd again.
///
/// Until then the members hold each other up by their REST API (Patroni, "DCS Failsafe Mode"): a leader that one of them does not
/// answer, or does not take the password of, steps down.
enum CoordinationWait {
    /// Patroni asks once a second, and after a refused connection some seconds later.
    static let timeout: Duration = .seconds(60)

    /// - Parameters:
    ///   - members: Those that run; one that does not say when it spoke with etcd is not waited for.
    ///   - start: Unix seconds, at which etcd was up again.
    ///   - signals: What ends careinit.
    ///   - timeout: How long they may take.
    /// - Throws: exit code 69 where one of them does not come to it, 130 or 143 when careinit is told to end.
    static func wait(
        for members: [ServicePlan], since start: Int64, signals: TerminationSignals, timeout: Duration = timeout
    ) throws(CommandFailure) {
        let deadline = ContinuousClock.now + timeout
        while true {
            let behind = members.filter { isBehind($0, start) }
            if behind.isEmpty { return }
            guard ContinuousClock.now < deadline else {
                let names = behind.map(\.name).joined(separator: ", ")
                throw CommandFailure(
                    .unavailable, "\(names): not in touch with etcd since that was restarted",
                    why: "nothing more is changed, since the database could lose its leader by it",
                    fix: "careinit logs \(behind[0].name) says why")
            }
            if !signals.sleep(.milliseconds(200)) { throw .interrupted(signals) }
        }
    }

    private static func isBehind(_ member: ServicePlan, _ start: Int64) -> Bool {
        guard case .patroniMember(let address, let port) = member.health else { return false }
        guard let status = PatroniStatus.read(address: address, port: port) else { return true }
        // Whole seconds: the one in which etcd started may have been before it did.
        return status.dcsLastSeen.map { $0 <= start } ?? false
    }
}
