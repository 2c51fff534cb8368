import Certs
import Foundation
import Testing

@testable import careinit

/// The proofs other than that of the mail server, on real files and sockets.
@Suite struct ProofRunnerTests {
    private let folder = TemporaryFolder()
    static let strong = ["Zq3vT8yLw1RkNf6BxHs2JdUc7PmEaG5o", "u9Xe2bQm7VtKz4CrWn8LpYj5DhSg3FaR"]

    private func run(
        _ kind: Proof.Kind, _ values: [String: String], services: [ServicePlan] = []
    ) throws -> ProofResult {
        let settings = ProofSettings { values[$0] }
        let surroundings = ProofSurroundings(folder: folder.path, services: services)
        let proof = try #require(
            ProofPlanner(settings: settings, surroundings: surroundings).proofs().first { $0.kind == kind })
        return ProofRunner(settings: settings, surroundings: surroundings).run(proof)
    }

    // MARK: Secrets

    static let tokens = [
        "JWT_SECRET": strong[0], "JWT_REFRESH_SECRET": strong[1], "JWT_EXPIRES_IN": "15m",
        "JWT_REFRESH_EXPIRES_IN": "7d",
    ]

    @Test(
        arguments: [
            ([:], nil), (["JWT_SECRET": "short"], "JWT_SECRET"), (["JWT_SECRET": ""], "JWT_SECRET"),
            (["JWT_REFRESH_SECRET": String(repeating: "abcd", count: 9)], "JWT_REFRESH_SECRET"),
            (["JWT_REFRESH_SECRET": strong[0]], "distinct"), (["JWT_EXPIRES_IN": "7d"], "lifetimes"),
            (["JWT_EXPIRES_IN": "soon"], "lifetimes"),
        ] as [([String: String], String?)])
    func `keys of tokens are strong and different, and access ends first`(change: [String: String], layer: String?)
        throws
    {
        let result = try run(.tokens, Self.tokens.merging(change) { $1 })
        #expect(result.problem?.layer == layer, "\(result)")
        #expect((result.verdict == .passed) == (layer == nil))
        #expect(!Self.strong.contains { "\(result)".contains($0) })
    }

    @Test func `Grafana's password is held against the same rules`() throws {
        #expect(try run(.grafanaPassword, ["GRAFANA_ADMIN_PASSWORD": Self.strong[0]]).verdict == .passed)
        #expect(try run(.grafanaPassword, ["GRAFANA_ADMIN_PASSWORD": "admin"]).isFailed)
    }

    // MARK: Certificate and HTTPS

    private func pair(_ names: [String]) throws -> CertificatePair {
        let pair = try SelfSigned.make(names: names, organization: "x", now: Clock.now())
        try OutputFile.write(pair.certificatePEM, to: "\(folder.path)/cert.pem", mode: 0o644)
        try OutputFile.write(pair.keyPEM, to: "\(folder.path)/key.pem", mode: 0o600)
        return pair
    }

    private func web(_ port: UInt16, mode: String = "self-signed") -> [String: String] {
        [
            "APP_URL": "https://localhost:\(port)", "TLS_MODE": mode, "TLS_CERT_PATH": "cert.pem",
            "TLS_KEY_PATH": "key.pem",
        ]
    }

    @Test func `a certificate is looked at where there is one`() throws {
        #expect(try run(.certificate, web(8443)).state == "skipped")
        #expect(try run(.certificate, web(8443, mode: "files")).isFailed)
        _ = try pair(["localhost"])
        #expect(try run(.certificate, web(8443)).verdict == .passed)
        _ = try pair(["other.example"])
        #expect(try run(.certificate, web(8443)).isFailed)
    }

    @Test func `what answers must show the certificate on the disk, once nginx runs`() throws {
        let served = try pair(["localhost"])
        let server = try ScriptedMailServer([[.tls, .silence]], pair: served)
        let result = try run(.https, web(server.port))
        #expect(
            result.verdict == .passed && result.layers.map(\.name) == ["TCP", "TLS", "certificate"], "\(result)")
        _ = try pair(["localhost"])
        #expect(try run(.https, web(server.port)).state == "warning")
        #expect(try run(.https, web(server.port), services: [.test("nginx", port: server.port)]).isFailed)
    }

    @Test func `where nothing listens is a failure only once nginx runs`() throws {
        let port = try LoopbackPort.unused()
        #expect(try run(.https, web(port)).state == "skipped")
        let result = try run(.https, web(port), services: [.test("nginx", port: port)])
        #expect(result.problem?.layer == "TCP" && result.isFailed)
    }

    @Test func `a name that nobody has fails, and one of this machine alone is a warning`() throws {
        let missing = try run(.host, ["APP_URL": "https://no-such-host.invalid"])
        #expect(missing.problem?.layer == "DNS" && missing.isFailed)
        var log = ProofLog()
        #expect(throws: ProofStop.self) {
            try HostProof(host: "localhost", own: [], timeout: .seconds(20)).run(&log)
        }
        #expect(log.layers.map(\.name) == ["DNS"])
    }

    @Test(arguments: [
        ("127.0.0.1", AddressKind.loopback), ("::1", .loopback), ("10.1.2.3", .closed), ("172.31.0.1", .closed),
        ("172.32.0.1", .open), ("100.64.0.1", .closed), ("fd00::1", .closed), ("fe80::1", .closed),
        ("203.0.113.5", .own), ("2001:db8::1", .open),
    ])
    func `an address is told by its range`(text: String, kind: AddressKind) {
        #expect(AddressKind(text, own: ["203.0.113.5"]) == kind)
        #expect(AddressKind.ownAddresses().contains("127.0.0.1"))
    }

    // MARK: Logins

    @Test func `a database or Redis that does not answer is a failure`() throws {
        let port = try LoopbackPort.unused()
        let values = [
            "DB_USERNAME": "u", "DB_PASSWORD": Self.strong[0], "DB_NAME": "d", "REDIS_PASSWORD": Self.strong[1],
        ]
        let database = try run(.database, values, services: [.test("pg-1", port: port)])
        #expect(database.problem?.layer == "connection" && database.isFailed, "\(database)")
        let redis = try run(.redis, values, services: [.test("redis", port: port)])
        #expect(redis.isFailed, "\(redis)")
        #expect(!"\(database)\(redis)".contains(Self.strong[0]))
    }

    private func grafana(_ login: String) throws -> ScriptedMailServer {
        let health: [ScriptedMailServer.Step] = [
            .hear, .say("HTTP/1.1 200 OK\r\nContent-Length: 18\r\n\r\n{\"database\": \"ok\"}"),
        ]
        let user: [ScriptedMailServer.Step] = [
            .hear, .hear, .hear, .hear, .say("HTTP/1.1 \(login)\r\nContent-Length: 0\r\n"),
        ]
        return try ScriptedMailServer([[], health, user])
    }

    @Test(arguments: [("200 OK", "passed"), ("401 Unauthorized", "failed"), ("500 Oops", "failed")])
    func `Grafana is asked whether the password logs in`(answer: String, state: String) throws {
        let server = try grafana(answer)
        let values = [
            "GRAFANA_PORT": "\(server.port)", "GRAFANA_ADMIN_USER": "admin",
            "GRAFANA_ADMIN_PASSWORD": Self.strong[0],
        ]
        let result = try run(.grafanaLogin, values)
        #expect(result.state == state, "\(result)")
        #expect(!"\(result)".contains(Self.strong[0]))
    }

    @Test func `what is no Grafana is not told the password`() throws {
        let server = try ScriptedMailServer([[], [.hear, .say("HTTP/1.1 404 No\r\nContent-Length: 0\r\n")]])
        let result = try run(
            .grafanaLogin,
            [
                "GRAFANA_PORT": "\(server.port)", "GRAFANA_ADMIN_USER": "a",
                "GRAFANA_ADMIN_PASSWORD": Self.strong[0],
            ])
        #expect(result.state == "skipped")
        #expect(!server.heard.contains { $0.hasPrefix("Authorization") })
        var log = ProofLog()
        var proof = GrafanaProof(isOurs: false, port: server.port, user: "a", password: "b", timeout: .seconds(2))
        proof.sockets = SocketTable(rows: [
            .init(address: [127, 0, 0, 1], port: server.port, user: 65534, inode: 1)
        ])
        #expect(throws: ProofStop.self) { try proof.run(&log) }
        #expect(log.layers.isEmpty)
    }
}

extension ServicePlan {
    /// A service that listens on that port of 127.0.0.1.
    fileprivate static func test(_ name: String, port: UInt16) -> ServicePlan {
        ServicePlan(
            name: name, title: name, command: [], priority: 1, logFile: "",
            listeners: [Listener(address: "127.0.0.1", port: port, variable: name == "pg-1" ? "DB_PORT" : nil)],
            health: name == "pg-1" ? .patroniMember(address: "127.0.0.1", port: port) : .listening)
    }
}
