import Foundation
import Synchronization
import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

/// Only the shape of the requests, by Grafana's documentation: no Grafana is installed where these tests run.
@Suite struct GrafanaAccountTests {
    @Test func `the old password changes itself to the new one, which stands in the body alone`() throws {
        let server = try ReplyingServer(statuses: [200])
        let account = GrafanaAccount(port: server.port, user: "admin", password: "old \"one\"")
        try account.change(to: "new one")
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("PUT /api/user/password HTTP/1.1\r\n"))
        #expect(request.contains("Authorization: Basic YWRtaW46b2xkICJvbmUi\r\n"))
        #expect(request.contains("Content-Type: application/json\r\n"))
        let body = request.components(separatedBy: "\r\n\r\n").last ?? ""
        let members = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: String]
        #expect(members == ["oldPassword": "old \"one\"", "newPassword": "new one", "confirmNew": "new one"])
    }

    @Test(arguments: [(200, true), (401, false), (403, false)])
    func `a login is good or it is not`(_ status: Int, _ isGood: Bool) throws {
        let server = try ReplyingServer(statuses: [status])
        let account = GrafanaAccount(port: server.port, user: "admin", password: "x")
        #expect(try account.logsIn() == isGood)
        #expect(server.requests.first?.hasPrefix("GET /api/user HTTP/1.1\r\n") == true)
    }

    @Test func `anything else is an error, and never a refusal`() throws {
        let server = try ReplyingServer(statuses: [500, 401])
        let account = GrafanaAccount(port: server.port, user: "admin", password: "x")
        #expect(throws: CommandFailure.self) { try account.logsIn() }
        #expect(throws: CommandFailure.self) { try account.change(to: "y") }
        let gone = GrafanaAccount(port: 1, user: "admin", password: "x")
        #expect(throws: CommandFailure.self) { try gone.logsIn() }
    }
}

/// Answers one connection after the other with a status each, and keeps what it was asked.
private final class ReplyingServer: Sendable {
    let port: UInt16
    private let descriptor: Int32
    private let seen = Mutex<[String]>([])

    var requests: [String] { seen.withLock { $0 } }

    init(statuses: [Int]) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 4) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard bound else { throw POSIXError(.EADDRINUSE) }
        port = UInt16(bigEndian: address.sin_port)
        Thread.detachNewThread { [self] in
            for status in statuses { answer(status) }
        }
    }

    deinit { close(descriptor) }

    private func answer(_ status: Int) {
        let connection = accept(descriptor, nil, nil)
        guard connection >= 0 else { return }
        defer { close(connection) }
        var request: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4096)
        while !Self.isWhole(request) {
            let count = read(connection, &block, block.count)
            guard count > 0 else { return }
            request += block[..<count]
        }
        seen.withLock { $0.append(String(decoding: request, as: UTF8.self)) }
        let reply = Array("HTTP/1.1 \(status) X\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}".utf8)
        _ = write(connection, reply, reply.count)
    }

    private static func isWhole(_ request: [UInt8]) -> Bool {
        let parts = String(decoding: request, as: UTF8.self).components(separatedBy: "\r\n\r\n")
        guard parts.count == 2 else { return false }
        let length = parts[0].components(separatedBy: "Content-Length: ").dropFirst().first.flatMap {
            Int($0.prefix { $0.isNumber })
        }
        return parts[1].utf8.count >= length ?? 0
    }
}
