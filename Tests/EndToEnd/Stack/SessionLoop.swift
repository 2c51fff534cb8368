import Foundation
import Synchronization
import Testing

/// Somebody who logs in, refreshes and asks again and again, in the background, and counts what is refused.
final class SessionLoop: Sendable {
    private let stack: ScratchStack
    private let isStopped = Mutex(false)
    private let seen = Mutex<(done: Int, refused: [String])>((0, []))
    private let ended = DispatchSemaphore(value: 0)
    private let email = "admin-\(UUID().uuidString.lowercased())@example.org"
    private static let password = "blue kettle by the window"

    /// Makes an administrator of a new organisation, and starts.
    init(_ stack: ScratchStack) throws {
        self.stack = stack
        let token = try stack.careinit("setup-token", "--lifetime", "10m").output
            .trimmingCharacters(in: .whitespacesAndNewlines)
        let first = try Self.ask(
            stack, "auth/setup",
            ["setup_token": token, "organisation": "Rosewood House", "email": email, "password": Self.password])
        guard first.status == 201, let refresh = first.body["refresh_token"] as? String else {
            throw HarnessError("setup: \(first)")
        }
        Thread.detachNewThread { [self] in
            work(refresh)
            ended.signal()
        }
    }

    /// - Returns: How many requests were answered as they should be, and what was said to the others.
    func stop() -> (done: Int, refused: [String]) {
        isStopped.withLock { $0 = true }
        ended.wait()
        return seen.withLock { $0 }
    }

    private func work(_ first: String) {
        var refresh = first
        var round = 0
        while !isStopped.withLock({ $0 }) {
            round += 1
            // A login costs a password hash; most rounds refresh.
            let path = round % 5 == 0 ? "auth/login" : "auth/refresh"
            let body =
                round % 5 == 0 ? ["email": email, "password": Self.password] : ["refresh_token": refresh]
            guard let reply = note(path, try? Self.ask(stack, path, body)),
                let next = reply["refresh_token"] as? String, let access = reply["access_token"] as? String
            else { continue }
            refresh = next
            let outcome = try? stack.curl(
                "--output", "/dev/null", "--write-out", "%{http_code}", "--oauth2-bearer", access,
                "\(stack.origin)/api/residents?limit=1")
            _ = note("residents", (Int(outcome?.output ?? "") ?? 0, [:]))
        }
    }

    private func note(_ what: String, _ reply: (status: Int, body: [String: Any])?) -> [String: Any]? {
        let isGood = reply?.status == 200
        seen.withLock { seen in
            if isGood {
                seen.done += 1
            } else {
                seen.refused.append("\(what): \(reply.map { "\($0)" } ?? "no reply")")
            }
        }
        return isGood ? reply?.body : nil
    }

    /// The body travels by standard input: a command line is for everybody to see.
    private static func ask(
        _ stack: ScratchStack, _ path: String, _ members: [String: String]
    ) throws -> (status: Int, body: [String: Any]) {
        let body = String(decoding: try JSONSerialization.data(withJSONObject: members), as: UTF8.self)
        let outcome = try run(
            [
                "curl", "--silent", "--show-error", "--max-time", "30", "--cacert",
                stack.folder["certs/fullchain.pem"], "--write-out", "\n%{http_code}", "--json", "@-",
                "\(stack.origin)/api/\(path)",
            ], in: stack.folder.path, input: body)
        var lines = outcome.output.split(separator: "\n")
        let status = Int(lines.popLast() ?? "") ?? 0
        return (status, lines.isEmpty ? [:] : try JSON.object(lines.joined(separator: "\n")))
    }
}
