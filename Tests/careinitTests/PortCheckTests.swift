import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct PortCheckTests {
    private func service(_ name: String, _ listeners: [Listener]) -> ServicePlan {
        ServicePlan(
            name: name, title: name, command: [name], priority: 1, logFile: "/dev/null", listeners: listeners,
            health: .listening)
    }

    /// A listening socket on a port that the kernel chose.
    private func occupy(_ address: String) throws -> (socket: Descriptor, port: UInt16) {
        let socket = Descriptor(takingOwnershipOf: Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var wanted = try #require(SocketAddress(address, port: 0))
        #expect(wanted.withPointer { bind(socket.number, $0, $1) } == 0)
        #expect(listen(socket.number, 1) == 0)
        var name = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket.number, $0, &length) }
        }
        return (socket, UInt16(bigEndian: name.sin_port))
    }

    @Test(arguments: ["127.0.0.1", "0.0.0.0"])
    func `a port in use is named with its variable and its holder`(address: String) throws {
        let held = try occupy(address)
        let listener = Listener(address: "127.0.0.1", port: held.port, variable: "REDIS_PORT")
        let conflicts = PortCheck.conflicts(in: [service("redis", [listener])])
        let conflict = try #require(conflicts.first)
        guard case .inUse(let process, _, let user) = conflict.cause else {
            Issue.record("\(conflict.cause)")
            return
        }
        #expect(process == getpid())
        #expect(user == UserAccount.withIdentifier(geteuid())?.name)
        #expect(
            conflict.line.hasPrefix("redis cannot listen on 127.0.0.1:\(held.port) (REDIS_PORT): held by process ")
        )
        withExtendedLifetime(held.socket) {}
    }

    @Test func `all conflicts come at once, in one failure`() throws {
        let first = try occupy("127.0.0.1")
        let second = try occupy("127.0.0.1")
        let services = [
            service("redis", [Listener(address: "127.0.0.1", port: first.port, variable: "REDIS_PORT")]),
            service("etcd", [Listener(address: "127.0.0.1", port: second.port, variable: "ETCD_CLIENT_PORT")]),
        ]
        let failure = try #require(PortCheck.failure(PortCheck.conflicts(in: services)))
        #expect(failure.exitCode == .unavailable)
        #expect(failure.why?.contains("redis cannot listen") == true)
        #expect(failure.why?.contains("etcd cannot listen") == true)
        #expect(failure.fix?.contains("ETCD_CLIENT_PORT, REDIS_PORT") == true)
        withExtendedLifetime((first.socket, second.socket)) {}
    }

    @Test func `what the running stack listens on is no conflict`() throws {
        let held = try occupy("127.0.0.1")
        let listener = Listener(address: "127.0.0.1", port: held.port, variable: nil)
        #expect(PortCheck.conflicts(in: [service("redis", [listener])], ignoring: [listener.endpoint]).isEmpty)
        withExtendedLifetime(held.socket) {}
    }

    @Test func `a free port is no conflict, wanted twice it is`() throws {
        let port = try occupy("127.0.0.1").port
        let listener = Listener(address: "127.0.0.1", port: port, variable: nil)
        let conflicts = PortCheck.conflicts(in: [service("a", [listener]), service("b", [listener])])
        #expect(conflicts == [PortCheck.Conflict(service: "b", listener: listener, cause: .wantedTwice(by: "a"))])
    }

    @Test func `an address of another machine is told apart`() {
        let listener = Listener(address: "192.0.2.1", port: 40000, variable: nil)
        #expect(PortCheck.conflicts(in: [service("a", [listener])]).map(\.cause) == [.noSuchAddress])
    }

    @Test func `no conflict is no failure`() {
        #expect(PortCheck.failure([]) == nil)
    }
}
