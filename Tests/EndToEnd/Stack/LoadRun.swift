import Foundation
import Testing

/// careload at work on a stack, in the background.
final class LoadRun {
    private let stack: ScratchStack
    private let process: RunningProcess
    private let seconds: Int
    private let ledger: String
    private let target: [String]

    /// Starts to send `rate` requests a second, three of ten writing unless none shall, and the others reading `paths`; to
    /// `server`, careload's options for where that is and whom to trust there, in place of the stack's own origin.
    init(
        _ stack: ScratchStack, seconds: Int, rate: Int = 40, server: [String]? = nil, writes: Bool = true,
        paths: [String] = ["/api/health"]
    ) throws {
        self.stack = stack
        self.seconds = seconds
        let token = try stack.folder.write(try stack.token(), to: "token-\(UUID().uuidString)")
        ledger = stack.folder["ledger-\(UUID().uuidString)"]
        let own = ["--url", stack.origin, "--ca", stack.folder["certs/fullchain.pem"]]
        target = (server ?? own) + ["--token-file", token, "--ledger", ledger]
        let pace = ["--rate", "\(rate)/s", "--connections", "\(max(8, rate / 10))", "--duration", "\(seconds)"]
        let reads = ["--write-share", writes ? "0.3" : "0", "--paths", paths.joined(separator: ",")]
        process = try RunningProcess(
            [Programs.careload, "run"] + pace + reads + target, .init(folder: stack.folder.path))
    }

    /// Waits until writes were acknowledged, so that what happens next happens under load.
    func waitForWrites() throws {
        _ = try eventually("an acknowledged write in the ledger") { Files.read(ledger).count > 500 ? true : nil }
    }

    var isRunning: Bool { process.isRunning }

    /// Lets it end before its time.
    func stop() { process.send(SIGTERM) }

    /// Waits for its end.
    ///
    /// - Returns: What it counted.
    func summary() throws -> [String: Any] {
        let outcome = try process.outcome(within: .seconds(seconds + 60))
        try #require(outcome.output.hasPrefix("{"), "\(outcome)")
        return try JSON.object(outcome.output)
    }

    /// Whether every acknowledged write is stored exactly once.
    func verify() throws -> Outcome {
        try run([Programs.careload, "verify"] + target, in: stack.folder.path, within: .seconds(120))
    }
}
