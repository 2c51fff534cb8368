/// Reads back from the leader what its commits wait for. Patroni 3 takes a mode that it does not know for *off* without
/// a word, so that the setting alone proves nothing.
enum SynchronousReplication {
    /// - Returns: Healthy only where `synchronous_standby_names` names a standby.
    static func check(leader: ServicePlan, runtime: any Runtime) -> ProbeResult {
        do {
            let output = try runtime.query("SHOW synchronous_standby_names", on: leader)
            guard output.succeeded else {
                return .unhealthy("psql: \(output.errorText.split(separator: "\n").first ?? "no answer")")
            }
            return judge(output.text.split(separator: "\n").first.map(String.init) ?? "")
        } catch {
            return .unhealthy("psql: \(error)")
        }
    }

    /// `*` alone is what Patroni sets while it knows of no standby to wait for: commits wait for any that comes, which
    /// need not be the one that Patroni would promote.
    static func judge(_ value: String) -> ProbeResult {
        switch value {
        case "": .unhealthy("the leader's synchronous_standby_names is empty: a failover could lose notes")
        case "*": .unhealthy("the leader's commits wait for any standby, not yet for the one that would take over")
        default: .healthy
        }
    }
}
