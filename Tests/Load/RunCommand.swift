import Foundation
import Synchronization

/// `careload run`: loads the service at a fixed rate and keeps the ledger.
enum RunCommand {
    static func run(_ words: ArraySlice<String>) throws -> Int32 {
        let run = try Run(try Options(words, known: Target.options.union(Run.options)))
        Stop.watch()
        let tally = work(run)
        let end = run.watch.nanoseconds
        run.ledger.synchronize()
        print(try JSONLine.text(Summary(tally, schedule: run.schedule, seed: run.corpus.seed, end: end)))
        return tally.acknowledgements.isEmpty && tally.reads == 0 ? 1 : 0
    }

    /// One thread for each connection, since each waits for its replies.
    private static func work(_ run: Run) -> Tally {
        let results = Results()
        let group = DispatchGroup()
        for _ in 0..<run.connections {
            group.enter()
            Thread.detachNewThread {
                var worker = Worker(run)
                worker.work()
                results.add(worker.tally)
                group.leave()
            }
        }
        group.wait()
        return results.total
    }

    private final class Results: Sendable {
        private let sum = Mutex(Tally())
        var total: Tally { sum.withLock { $0 } }
        func add(_ tally: Tally) { sum.withLock { $0.merge(tally) } }
    }
}
