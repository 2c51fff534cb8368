#if canImport(Glibc)
    import Glibc
#endif

/// Whether every planned listener could listen, found out by trying, before anything starts.
enum PortCheck {
    struct Conflict: Sendable, Equatable {
        var service: String
        var listener: Listener
        var cause: Cause
    }

    enum Cause: Sendable, Equatable {
        /// Held by that process, or by one that may not be looked at, of that user.
        case inUse(process: pid_t?, command: String?, user: String?)
        /// Another service of the same stack wants it too.
        case wantedTwice(by: String)
        /// A port below 1024 without the right to it.
        case privileged
        case noSuchAddress
        case other(String)
    }

    /// Every listener that cannot be had, in the plan's order.
    ///
    /// - Parameters:
    ///   - services: Whose listeners are tried.
    ///   - ignoring: What the running stack itself listens on.
    /// - Returns: One conflict for each listener that failed; empty where all can be had.
    static func conflicts(in services: [ServicePlan], ignoring: Set<Endpoint> = []) -> [Conflict] {
        var owners: [Endpoint: String] = [:]
        var conflicts: [Conflict] = []
        for service in services {
            for listener in service.hostListeners {
                if let owner = owners.updateValue(service.name, forKey: listener.endpoint) {
                    conflicts.append(
                        Conflict(service: service.name, listener: listener, cause: .wantedTwice(by: owner)))
                } else if !ignoring.contains(listener.endpoint), let code = tryListening(listener) {
                    conflicts.append(
                        Conflict(service: service.name, listener: listener, cause: cause(of: code, listener)))
                }
            }
        }
        return nameHolders(conflicts)
    }

    struct Endpoint: Sendable, Hashable {
        var address: String
        var port: UInt16
    }

    /// Binds and listens for a moment; nil where that works, else errno.
    private static func tryListening(_ listener: Listener) -> Int32? {
        guard var address = SocketAddress(listener.address, port: listener.port) else { return EADDRNOTAVAIL }
        let socket = Descriptor(
            takingOwnershipOf: Glibc.socket(
                address.family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0))
        guard socket.isOpen else { return errno }
        var yes: Int32 = 1
        // As the servers do it: connections of the last run that linger (TIME_WAIT) are no hindrance.
        setsockopt(socket.number, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard address.withPointer({ bind(socket.number, $0, $1) }) == 0 else { return errno }
        return listen(socket.number, 1) == 0 ? nil : errno
    }

    private static func cause(of code: Int32, _ listener: Listener) -> Cause {
        switch code {
        case EADDRINUSE: .inUse(process: nil, command: nil, user: nil)
        case EACCES, EPERM: .privileged
        case EADDRNOTAVAIL: .noSuchAddress
        default: .other(String(cString: strerror(code)))
        }
    }

    private static func nameHolders(_ conflicts: [Conflict]) -> [Conflict] {
        let busy = conflicts.filter { if case .inUse = $0.cause { true } else { false } }
        guard !busy.isEmpty else { return conflicts }
        let table = SocketTable.current()
        let rows = busy.compactMap { conflict in row(of: conflict.listener, in: table) }
        let holders = ProcessTable.holders(ofSockets: Set(rows.map(\.inode)))
        return conflicts.map { conflict in
            guard case .inUse = conflict.cause, let row = row(of: conflict.listener, in: table) else {
                return conflict
            }
            var named = conflict
            let holder = holders[row.inode]
            named.cause = .inUse(
                process: holder?.identifier, command: holder?.summary,
                user: UserAccount.withIdentifier(row.user)?.name ?? "\(row.user)")
            return named
        }
    }

    private static func row(of listener: Listener, in table: SocketTable) -> SocketTable.Row? {
        guard let bytes = SocketAddress(listener.address, port: listener.port)?.bytes else { return nil }
        return table.rows.first { $0.port == listener.port && $0.covers(bytes) }
    }
}

extension Listener {
    var endpoint: PortCheck.Endpoint { PortCheck.Endpoint(address: address, port: port) }
}
