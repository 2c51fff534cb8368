import Foundation
import Synchronization

/// Remembers the command line and the environment of every process of the machine that was there at any look, short-lived ones too.
final class ProcessWatch: Sendable {
    private let isStopped = Mutex(false)
    private let seen = Mutex<[String: String]>([:])
    private let ended = DispatchSemaphore(value: 0)
    /// A process is another program before its exec; and to look at all for ever would take a processor.
    private static let looks = 5

    init() {
        Thread.detachNewThread { [self] in
            var counts: [pid_t: Int] = [:]
            while !isStopped.withLock({ $0 }) {
                look(&counts)
                Thread.sleep(forTimeInterval: 0.02)
            }
            ended.signal()
        }
    }

    private func look(_ counts: inout [pid_t: Int]) {
        for identifier in ProcessEntry.identifiers() where counts[identifier, default: 0] < Self.looks {
            counts[identifier, default: 0] += 1
            guard let process = ProcessEntry.one(identifier) else { continue }
            let text = "\(process.commandLine)\n\(process.environment)"
            seen.withLock { $0[text] = "the command line or environment of \(process)" }
        }
    }

    /// - Returns: What was seen, with words for where.
    func stop() -> [(place: String, text: String)] {
        isStopped.withLock { $0 = true }
        ended.wait()
        return seen.withLock { seen in seen.map { ($0.value, $0.key) } }
    }
}
