import Synchronization

/// Numbers that only grow, counted from any thread without a lock.
final class CounterTable: @unchecked Sendable {
    // Unchecked: the pointer never changes, and every element is atomic.
    private let counters: UnsafeMutablePointer<Atomic<UInt64>>
    let count: Int

    init(count: Int) {
        self.count = count
        counters = .allocate(capacity: count)
        for index in 0..<count { (counters + index).initialize(to: Atomic(0)) }
    }

    deinit {
        counters.deinitialize(count: count)
        counters.deallocate()
    }

    func add(_ amount: UInt64 = 1, at index: Int) {
        guard (0..<count).contains(index) else { return }
        counters[index].add(amount, ordering: .relaxed)
    }

    subscript(index: Int) -> UInt64 {
        (0..<count).contains(index) ? counters[index].load(ordering: .relaxed) : 0
    }
}
