import Synchronization

@testable import carenotes

/// Runs `body` for 0..<count at the same time, each in a thread of its own, and gives what they returned.
func inParallel<Result: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Result) -> [Result] {
    let results = Results<Result>()
    let threads = (0..<count).map { index in BackgroundThread { results.add(body(index)) } }
    threads.forEach { $0?.join() }
    return results.all
}

private final class Results<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    func add(_ element: Element) { elements.withLock { $0.append(element) } }

    var all: [Element] { elements.withLock { $0 } }
}
