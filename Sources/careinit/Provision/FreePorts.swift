import EnvSchema

/// Finds ports for the local profile in place of those that are held, before the first `.env` is written.
struct FreePorts {
    let sheet: AnswerSheet
    /// Whether somebody holds the port on that address.
    let isHeld: (String, UInt16) -> Bool

    private static let members = ["DB_HOST", "DB_REPLICA_1_HOST", "DB_REPLICA_2_HOST"]

    /// The next free port of each variable whose own is held. A port that somebody chose is left alone.
    func choose() -> [String: FreePort] {
        var claimed = Set(listening.flatMap { ports($0.variable, from: $0.port) })
        var result: [String: FreePort] = [:]
        for (variable, port) in listening where isOpen(variable) && !isFree(variable, from: port) {
            guard let free = next(after: port, for: variable, claimed: claimed) else { continue }
            claimed.formUnion(ports(variable, from: free))
            result[variable.name] = FreePort(port: free, held: port)
        }
        return result
    }

    private var listening: [(variable: Variable, port: UInt16)] {
        sheet.schema.variables.compactMap { variable in
            guard variable.listen != nil, let port = UInt16(sheet.value(of: variable.name)) else { return nil }
            return (variable, port)
        }
    }

    private func isOpen(_ variable: Variable) -> Bool {
        switch sheet.proposal(for: variable)?.source {
        case .profile, .template: true
        default: false
        }
    }

    private func next(after port: UInt16, for variable: Variable, claimed: Set<UInt16>) -> UInt16? {
        var candidate = port
        while candidate < UInt16.max {
            candidate += 1
            let wanted = ports(variable, from: candidate)
            guard claimed.isDisjoint(with: wanted), variable.findings(for: String(candidate)).isEmpty else {
                continue
            }
            if isFree(variable, from: candidate) { return candidate }
        }
        return nil
    }

    private func isFree(_ variable: Variable, from port: UInt16) -> Bool {
        let addresses = addresses(of: variable)
        return ports(variable, from: port).allSatisfy { port in !addresses.contains { isHeld($0, port) } }
    }

    private func ports(_ variable: Variable, from port: UInt16) -> [UInt16] {
        let count = UInt16(variable.listen?.count ?? 1)
        return (0..<count).map { port &+ $0 }
    }

    private func addresses(of variable: Variable) -> [String] {
        switch variable.listen?.kind {
        case .public: [sheet.value(of: "PUBLIC_ADDRESS")]
        case .members: Self.members.map { sheet.value(of: $0) }
        default: ["127.0.0.1"]
        }
    }
}
