import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// Does the same blocking work for several items at once, each on a thread of its own.
enum Parallel {
    /// - Parameters:
    ///   - items: Few: each costs a thread.
    ///   - work: Runs on another thread.
    /// - Returns: The results in the items' order.
    static func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ work: @escaping @Sendable (Item) -> Result
    ) -> [Result] {
        let results = Results<Result>()
        let threads = items.enumerated().compactMap { index, item in
            start { results.set(index, work(item)) }
        }
        for thread in threads { pthread_join(thread, nil) }
        // A thread that the system refused: its work is done here.
        return items.enumerated().map { index, item in results.value(index) ?? work(item) }
    }

    private final class Results<Value: Sendable>: Sendable {
        private let values = Mutex<[Int: Value]>([:])

        func set(_ index: Int, _ value: Value) { values.withLock { $0[index] = value } }
        func value(_ index: Int) -> Value? { values.withLock { $0[index] } }
    }

    private final class Job: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private static func start(_ body: @escaping @Sendable () -> Void) -> pthread_t? {
        let job = Unmanaged.passRetained(Job(body))
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, { Parallel.run($0) }, job.toOpaque())
        guard code == 0 else {
            job.release()
            return nil
        }
        return thread
    }

    private static func run(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let pointer else { return nil }
        Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue().body()
        return nil
    }
}
