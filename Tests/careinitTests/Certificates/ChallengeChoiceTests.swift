import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct ChallengeChoiceTests {
    private let folder = TemporaryFolder()

    private func choice(address: String = "127.0.0.1", port: UInt16) -> ChallengeChoice {
        ChallengeChoice(
            web: .init(
                address: address, httpPort: port, httpsPort: 443, certificate: .letsEncrypt(folder: "/le")),
            host: "care.test", folder: folder.path, environmentFile: ".env", isStandalone: false)
    }

    /// A listening socket that never answers, on a port that the kernel chose.
    private func occupy() throws -> (socket: Descriptor, port: UInt16) {
        let socket = Descriptor(takingOwnershipOf: Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0))
        var wanted = try #require(SocketAddress("127.0.0.1", port: 0))
        #expect(wanted.withPointer { bind(socket.number, $0, $1) } == 0)
        #expect(listen(socket.number, 1) == 0)
        var name = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(socket.number, $0, &length) }
        }
        return (socket, UInt16(bigEndian: name.sin_port))
    }

    @Test func `where nothing listens, certbot does`() throws {
        let port = try occupy().port
        #expect(try choice(port: port).challenge() == .standalone(address: "127.0.0.1", port: port))
        #expect(FileSystem.names(in: folder.path) == [])
    }

    @Test func `where somebody listens who does not show what certbot lays out, the holder is named`() throws {
        let held = try occupy()
        let failure = #expect(throws: CommandFailure.self) { try choice(port: held.port).challenge() }
        #expect(failure?.exitCode == .unavailable)
        // Of this process, or of one that it is just starting for another test.
        #expect(failure?.why?.contains("held by process ") == true, "\(String(describing: failure))")
        #expect(failure?.fix?.contains("careinit up") == true)
        // What was laid out to try is gone again.
        #expect(FileSystem.names(in: "\(folder.path)/.well-known/acme-challenge") == [])
    }

    @Test func `an address that this machine lacks is told as such`() {
        let failure = #expect(throws: CommandFailure.self) {
            try choice(address: "192.0.2.7", port: 8080).challenge()
        }
        #expect(failure?.exitCode == .unavailable)
        #expect(failure?.fix?.contains("PUBLIC_ADDRESS") == true)
    }
}
