import Certs
import Foundation
import Testing
import Transport

@testable import careinit

@Suite struct StackCertificateTests {
    private let folder = TemporaryFolder()
    private static let day: Int64 = 86_400

    private var project: Project {
        Project(environmentFile: "\(folder.path)/.env", stateDirectory: "\(folder.path)/.careinit")
    }

    /// Writes a pair that is that old.
    private func write(_ name: String, age: Int64, lifetime: Int = 90, host: String = "care.example") throws {
        let pair = try SelfSigned.make(
            names: [host, "::1"], organization: "x", now: Clock.now() - age * Self.day, days: lifetime)
        let path = "\(folder.path)/\(name)"
        try FileSystem.makeFolder(path, mode: 0o700)
        try OutputFile.write(pair.certificatePEM, to: "\(path)/fullchain.pem")
        try OutputFile.write(pair.keyPEM, to: "\(path)/privkey.pem")
    }

    private func writeGeneration(age: Int64) throws {
        try write(".careinit/generations/current/nginx", age: age)
    }

    private func writeSettings(_ lines: String) throws {
        let text = "APP_URL=https://care.rosewood.org.uk\n\(lines)\n"
        try OutputFile.write(Array(text.utf8), to: project.environmentFile)
    }

    private func nginx(port: UInt16) -> ServicePlan {
        ServicePlan(
            name: "nginx", title: "nginx", command: [], priority: 1, logFile: "", listeners: [],
            health: .https(address: "127.0.0.1", port: port, path: "/", serverName: "care.example", trust: nil))
    }

    @Test func `what the server shows counts, not what lies on the disk`() throws {
        try writeGeneration(age: 0)
        try write("served", age: 70, host: "served.example")
        let server = try TLSServer(folder: "\(folder.path)/served")
        let now = Clock.now()
        let certificate = try #require(
            StackCertificate.read(project: project, nginx: nginx(port: server.port), now: now))
        #expect(certificate.source == .served && certificate.names.first == "served.example")
        #expect(certificate.lifetime.state(at: now) == .due && certificate.isInForce(at: now))
        #expect(certificate.fingerprint.count == 64)
    }

    @Test func `where nobody answers, or nobody is to be asked, the one on the disk counts`() throws {
        try writeGeneration(age: 91)
        let server = try TLSServer(folder: "\(folder.path)/.careinit/generations/current/nginx")
        let port = server.port
        server.stop()
        for nginx in [nginx(port: port), nil] {
            let now = Clock.now()
            let certificate = try #require(StackCertificate.read(project: project, nginx: nginx, now: now))
            #expect(certificate.source == .disk && certificate.names == ["care.example", "::1"])
            #expect(certificate.lifetime.state(at: now) == .expired && !certificate.isInForce(at: now))
        }
    }

    @Test func `without a certificate there is nothing to tell`() throws {
        #expect(StackCertificate.read(project: project, nginx: nil, now: 0) == nil)
        let path = "\(folder.path)/.careinit/generations/current/nginx"
        try FileSystem.makeFolder(path, mode: 0o700)
        try OutputFile.write(Array("PEM?".utf8), to: "\(path)/fullchain.pem")
        #expect(StackCertificate.read(project: project, nginx: nil, now: 0) == nil)
    }

    @Test(
        arguments: [
            (Int64(0), "TLS_MODE=letsencrypt", nil), (70, "TLS_MODE=letsencrypt", "certbot renew"),
            (91, "TLS_MODE=letsencrypt", "certbot renew"), (70, "TLS_MODE=self-signed", "careinit provision"),
            (70, "TLS_MODE=files", "put a new pair where TLS_CERT_PATH"), (70, "", "certbot renew"),
            (-1, "TLS_MODE=files", "set the machine's clock right"),
        ] as [(Int64, String, String?)])
    func `the way out is that of where it comes from`(age: Int64, settings: String, fix: String?) throws {
        try writeGeneration(age: age)
        try writeSettings(settings)
        let certificate = try #require(StackCertificate.read(project: project, nginx: nil, now: Clock.now()))
        #expect(certificate.fix?.prefix(fix?.count ?? 0).description == fix, "\(certificate.fix ?? "none")")
    }

    @Test func `one that was renewed has only to be installed`() throws {
        try writeGeneration(age: 91)
        try writeSettings("TLS_MODE=files\nTLS_CERT_PATH=next/fullchain.pem")
        try write("next", age: 1)
        let certificate = try #require(StackCertificate.read(project: project, nginx: nil, now: Clock.now()))
        #expect(certificate.fix?.hasPrefix("careinit certs install puts the one in \(folder.path)/next") == true)
        try write("next", age: 80)
        let other = try #require(StackCertificate.read(project: project, nginx: nil, now: Clock.now()))
        #expect(other.fix?.hasPrefix("put a new pair") == true)
    }
}

/// `openssl s_server` with the pair of a folder, on a port of its own.
private final class TLSServer {
    let port: UInt16
    private let process = Process()

    init(folder: String) throws {
        port = try Self.unusedPort()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "openssl", "s_server", "-quiet", "-accept", "127.0.0.1:\(port)", "-cert", "\(folder)/fullchain.pem",
            "-key",
            "\(folder)/privkey.pem",
        ]
        process.standardInput = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        while process.isRunning, !TCP.isListening("127.0.0.1", port: port, timeout: .seconds(1)) { usleep(20_000) }
        guard process.isRunning else { throw CocoaError(.executableNotLoadable) }
    }

    func stop() {
        guard process.isRunning else { return }
        // Not SIGTERM: a child inherits the signals that the test runner's threads block.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    deinit { stop() }

    private static func unusedPort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(descriptor, generic, length) == 0 && getsockname(descriptor, generic, &length) == 0
            }
        }
        guard isBound else { throw POSIXError(.EADDRINUSE) }
        return UInt16(bigEndian: address.sin_port)
    }
}
