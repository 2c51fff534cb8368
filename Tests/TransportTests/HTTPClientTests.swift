import Certs
import Foundation
import Testing
import Transport

/// Against servers that others wrote: Python's for plain HTTP, OpenSSL's for TLS.
@Suite struct HTTPClientTests {
    @Test func `Python's server is read`() throws {
        let folder = try Child.makeFolder()
        try Data("hello".utf8).write(to: URL(fileURLWithPath: folder + "/file.txt"))
        let port = try unusedPort()
        let server = try Child(
            ["python3", "-m", "http.server", "--bind", "127.0.0.1", "\(port)"], folder: folder)
        try waitUntilListening(port)
        let reply = try HTTPClient.get("http://127.0.0.1:\(port)/file.txt", timeout: .seconds(20))
        #expect(reply.status == 200)
        #expect(reply.text == "hello")
        #expect(reply.header("content-type") == "text/plain")
        #expect(try HTTPClient.get("http://127.0.0.1:\(port)/none", timeout: .seconds(20)).status == 404)
        let head = try HTTPClient.request("HEAD", "http://127.0.0.1:\(port)/file.txt", timeout: .seconds(20))
        #expect(head.status == 200 && head.body.isEmpty)
        withExtendedLifetime(server) {}
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `a trusted certificate for the right name is taken, over both versions of TLS`(version: String) throws {
        let server = try TLSServer([version])
        for name in ["localhost", "127.0.0.1"] {
            let reply = try server.get(name: name, trust: .pem(server.pair.certificatePEM))
            #expect(reply.status == 200)
            #expect(reply.text.contains("TLS"))
        }
        let fromFile = try server.get(name: "localhost", trust: .file(server.child.folder + "/cert.pem"))
        #expect(fromFile.status == 200)
    }

    @Test func `a file of trusted certificates may name the server's own, whoever signed it`() throws {
        let authority = try CertificateAuthority.make(organization: "x", now: testNow())
        let server = try TLSServer([], pair: try authority.issue(names: ["localhost"], now: testNow()))
        let reply = try server.get(name: "localhost", trust: .file(server.child.folder + "/cert.pem"))
        #expect(reply.status == 200)
        let another = try TLSServer([], pair: try authority.issue(names: ["localhost"], now: testNow()))
        #expect(throws: TransportError.untrusted(reason: "unable to get local issuer certificate")) {
            try another.get(name: "localhost", trust: .file(server.child.folder + "/cert.pem"))
        }
    }

    @Test func `what is not trusted, or is for another name, is not talked to`() throws {
        let server = try TLSServer([])
        let other = try SelfSigned.make(names: ["localhost"], organization: "x", now: testNow())
        for trust in [Trust.system, .pem(other.certificatePEM)] {
            #expect(throws: TransportError.untrusted(reason: "self-signed certificate")) {
                try server.get(name: "localhost", trust: trust)
            }
        }
        #expect(throws: TransportError.untrusted(reason: "hostname mismatch")) {
            try server.get(name: "care.example", trust: .pem(server.pair.certificatePEM))
        }
        #expect(throws: TransportError.untrusted(reason: "IP address mismatch")) {
            try server.get(name: "127.0.0.2", trust: .pem(server.pair.certificatePEM))
        }
    }

    @Test func `TLS 1.1 is not spoken`() throws {
        let server = try TLSServer(["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"])
        #expect(throws: TransportError.self) {
            try server.get(name: "localhost", trust: .pem(server.pair.certificatePEM))
        }
    }

    @Test func `a client's certificate is shown where it is asked for, and missed where it is not`() throws {
        let authority = try CertificateAuthority.make(organization: "x", now: testNow())
        let server = try TLSServer(
            ["-Verify", "1", "-verify_return_error", "-CAfile", "ca.pem"], authority: authority)
        let client = try authority.issue(names: ["client"], usages: [.clientAuth], now: testNow())
        let context = try TLSContext(
            trust: .pem(server.pair.certificatePEM), client: (client.certificatePEM, client.keyPEM))
        #expect(try status(of: server, context) == 200)
        let refused = #expect(throws: TransportError.self) {
            _ = try status(of: server, TLSContext(trust: .pem(server.pair.certificatePEM)))
        }
        #expect(refused != .timedOut(.handshake) && refused != .timedOut(.receive))
    }

    /// On a connection that is closed again: the server serves one after the other.
    private func status(of server: TLSServer, _ context: TLSContext) throws -> Int {
        let connection = try HTTPConnection(
            to: server.endpoint, serverName: "localhost", tls: context, timeout: .seconds(20))
        return try connection.send(HTTPRequest.get("/"), timeout: .seconds(20)).status
    }

    @Test func `a server that does not speak TLS is no mystery`() throws {
        let listener = try Listener([[.reply("HTTP/1.1 400 Bad Request\r\n\r\n")]])
        #expect(throws: TransportError.self) {
            try HTTPClient.get("https://127.0.0.1:\(listener.port)/", timeout: .seconds(20))
        }
        let silent = try Listener([[.silence]])
        #expect(throws: TransportError.timedOut(.handshake)) {
            try HTTPClient.get("https://127.0.0.1:\(silent.port)/", timeout: .milliseconds(50))
        }
    }

    @Test func `certificates to trust that cannot be read are named as such`() {
        for trust in [Trust.file("/nowhere"), .pem([]), .pem(Array("nonsense".utf8))] {
            #expect(throws: TransportError.self) { try TLSContext(trust: trust) }
        }
    }
}

private func testNow() -> Int64 { Int64(Date().timeIntervalSince1970) }

private func waitUntilListening(_ port: UInt16) throws {
    for _ in 0..<400 {
        if TCP.isListening("127.0.0.1", port: port, timeout: .seconds(1)) { return }
        Thread.sleep(forTimeInterval: 0.05)
    }
    throw POSIXError(.ETIMEDOUT)
}

/// `openssl s_server -www`, which answers every request with a page about the connection.
final class TLSServer {
    let pair: CertificatePair
    let child: Child
    private let port: UInt16

    init(_ options: [String], pair: CertificatePair? = nil, authority: CertificateAuthority? = nil) throws {
        self.pair =
            try pair ?? SelfSigned.make(names: ["localhost", "127.0.0.1"], organization: "x", now: testNow())
        port = try unusedPort()
        let folder = try Child.makeFolder()
        let files = [
            ("cert.pem", self.pair.certificatePEM), ("key.pem", self.pair.keyPEM),
            ("ca.pem", authority?.pair.certificatePEM ?? []),
        ]
        for (name, bytes) in files { try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)")) }
        let fixed = ["openssl", "s_server", "-www", "-accept", "127.0.0.1:\(port)", "-cert", "cert.pem"]
        child = try Child(fixed + ["-key", "key.pem"] + options, folder: folder)
        try waitUntilListening(port)
    }

    var endpoint: Endpoint { .tcp(host: "127.0.0.1", port: port) }

    func get(name: String, trust: Trust) throws -> HTTPResponse {
        try HTTPClient.request(
            "GET", "https://\(name):\(port)/", timeout: .seconds(20), trust: trust, connectingTo: endpoint)
    }
}
