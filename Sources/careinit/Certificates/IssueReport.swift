import Certs

/// What `certs issue` says when certbot is done: which certificate there is now, and whether it will be renewed.
struct IssueReport {
    /// certbot's configuration.
    var folder: String
    var host: String
    /// Whether the one that was there lasts.
    var isNotDue: Bool

    var lines: [String] {
        let live = CertificateFolder(root: folder, name: host, reader: .files)
        let end = Clock.text(live.inspect(host: host, now: Clock.now()).notAfter)
        return ["\(live.certificatePath): \(isNotDue ? "lasts" : "new, lasts") until \(end)"] + due
            + schedule(live.surroundings.first { $0.code == .renewalNotScheduled })
    }

    private var due: [String] {
        isNotDue ? ["it is not due yet, so none was asked for: --force-renewal asks all the same"] : []
    }

    private func schedule(_ problem: CertificateProblem?) -> [String] {
        problem.map { [$0.reason, "    \($0.fix)"] } ?? []
    }
}
