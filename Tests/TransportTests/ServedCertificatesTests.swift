import Certs
import Testing

@testable import Transport

@Suite struct ServedCertificatesTests {
    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `what a server shows is read, though nobody trusts it`(version: String) throws {
        let server = try TLSServer([version])
        for name in ["localhost", "other.example", "127.0.0.1"] {
            let served = try ServedCertificates.read(
                from: server.endpoint, serverName: name, timeout: .seconds(20))
            #expect(ServedComparison.difference(stored: server.pair.certificatePEM, served: served) == nil)
        }
    }

    @Test func `a server without TLS, or none, is an error`() throws {
        let listener = try Listener([[.reply("HTTP/1.1 400 Bad Request\r\n\r\n")]])
        #expect(throws: TransportError.self) {
            try ServedCertificates.read(
                from: .tcp(host: "127.0.0.1", port: listener.port), serverName: "localhost", timeout: .seconds(20))
        }
    }
}
