import Foundation
import Secrets
import Synchronization
import Transport

@testable import carenotes

/// Clients that write, read, log in and refresh until they are told to end, and note everything that does not succeed.
final class ReloadLoad: Sendable {
    struct Outcome: Sendable {
        var failures: [String] = []
        var requests = 0
        /// The ids of the notes that were acknowledged.
        var notes: [String] = []
    }

    private let address: String
    private let port: UInt16
    private let token: String
    private let resident: String
    private let outcome = Mutex(Outcome())
    private let stopping = StopSignal()

    /// `token` is good for the whole time; `session` is a refresh token.
    init(port: UInt16, token: String, resident: String) {
        (self.port, self.token, self.resident) = (port, token, resident)
        address = "127.0.0.1"
    }

    private func start(_ body: @escaping @Sendable (HTTPConnection) throws -> Void) -> BackgroundThread? {
        BackgroundThread { [self] in
            do {
                var connection = try connect()
                while !stopping.isStopped {
                    try body(connection)
                    if !connection.isReusable { connection = try connect() }
                }
            } catch {
                outcome.withLock { $0.failures.append("\(error)") }
            }
        }
    }

    private func connect() throws -> HTTPConnection {
        try HTTPConnection(
            to: .tcp(host: address, port: port), serverName: "localhost", timeout: .seconds(10))
    }

    /// Runs the clients while `body` runs.
    func run(refreshToken: String, credentials: String, _ body: () throws -> Void) throws -> Outcome {
        let session = Mutex(refreshToken)
        let threads = [
            start { [self] in try write($0) }, start { [self] in try write($0) }, start { [self] in try read($0) },
            start { [self] in try read($0) }, start { [self] connection in try refresh(connection, session) },
            start { [self] connection in
                _ = try ask(connection, "POST", "/api/auth/login", credentials, token: nil, expecting: 200)
                _ = stopping.sleep(.milliseconds(200))
            },
        ]
        defer {
            stopping.stop()
            threads.forEach { $0?.join() }
        }
        try body()
        stopping.stop()
        threads.forEach { $0?.join() }
        return outcome.withLock { $0 }
    }

    private func write(_ connection: HTTPConnection) throws {
        let made = try ask(
            connection, "POST", "/api/notes", #"{"resident_id":"\#(resident)","body":"slept well"}"#, token: token,
            expecting: 201)
        if let id = made["id"] as? String { outcome.withLock { $0.notes.append(id) } }
    }

    private func read(_ connection: HTTPConnection) throws {
        _ = try ask(connection, "GET", "/api/notes?limit=5", nil, token: token, expecting: 200)
    }

    private func refresh(_ connection: HTTPConnection, _ session: borrowing Mutex<String>) throws {
        let refresh = session.withLock { $0 }
        let pair = try ask(
            connection, "POST", "/api/auth/refresh", #"{"refresh_token":"\#(refresh)"}"#, token: nil,
            expecting: 200)
        guard let next = pair["refresh_token"] as? String, let access = pair["access_token"] as? String else {
            throw ServerFailure(what: "no tokens: \(pair)")
        }
        session.withLock { $0 = next }
        _ = try ask(connection, "GET", "/api/auth/me", nil, token: access, expecting: 200)
    }

    private func ask(
        _ connection: HTTPConnection, _ method: String, _ target: String, _ body: String?, token: String?,
        expecting status: Int
    ) throws -> [String: Any] {
        var headers: [HTTPHeader] = []
        if let token { headers.append(HTTPHeader("Authorization", "Bearer \(token)")) }
        if body != nil { headers.append(HTTPHeader("Content-Type", "application/json")) }
        if method == "POST" { headers.append(HTTPHeader("Idempotency-Key", UUID().uuidString)) }
        let reply = try connection.send(
            HTTPRequest(method, target, headers: headers, body: Array((body ?? "").utf8)), timeout: .seconds(30))
        outcome.withLock { outcome in
            outcome.requests += 1
            guard reply.status != status else { return }
            outcome.failures.append(
                "\(method) \(target): \(reply.status) \(String(decoding: reply.body, as: UTF8.self))")
        }
        return (try? JSONSerialization.jsonObject(with: Data(reply.body))) as? [String: Any] ?? [:]
    }
}
