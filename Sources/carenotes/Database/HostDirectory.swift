import Synchronization

/// What the last logins showed of each server, so that the next one goes to the right server first.
final class HostDirectory: Sendable {
    enum Sight: Int, Sendable {
        case primary, standby, unknown, away
    }

    let hosts: [String]
    private let sights: Mutex<[String: Sight]>

    init(hosts: [String]) {
        self.hosts = hosts
        sights = Mutex([:])
    }

    /// In the order in which they are worth a try. Standbys change places each time, so that they share the reads.
    func order(for role: ServerHealth.Role) -> [String] {
        let wanted: [Sight] =
            role == .primary ? [.primary, .unknown, .standby, .away] : [.standby, .unknown, .primary, .away]
        let candidates = role == .primary ? hosts : hosts.shuffled()
        return sights.withLock { sights in
            wanted.flatMap { sight in candidates.filter { sights[$0, default: .unknown] == sight } }
        }
    }

    /// Remembers the role; gives the server that was the primary until now, where this one takes its place.
    func saw(_ role: ServerHealth.Role, at host: String) -> String? {
        sights.withLock { sights in
            let former = role == .primary ? sights.first { $0.value == .primary && $0.key != host }?.key : nil
            sights[host] = role == .primary ? .primary : .standby
            if let former { sights[former] = .unknown }
            return former
        }
    }

    func lost(_ host: String) { sights.withLock { $0[host] = .away } }
}
