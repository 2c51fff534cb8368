#if canImport(Glibc)
    import Glibc
#endif

/// A POSIX thread: what blocks on a socket does not belong on Swift's cooperative pool.
final class BackgroundThread: @unchecked Sendable {
    // Unchecked: written by `init` only.
    private let thread: pthread_t
    /// Bytes; Swift code that calls libpq needs some, and there are many of these.
    private static let stackSize = 512 * 1024

    /// Nil where the system has no thread left to give.
    init?(_ body: @escaping @Sendable () -> Void) {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        pthread_attr_init(attributes)
        defer {
            pthread_attr_destroy(attributes)
            attributes.deallocate()
        }
        pthread_attr_setstacksize(attributes, Self.stackSize)
        let box = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        guard pthread_create(&thread, attributes, Self.start, box.toOpaque()) == 0 else {
            box.release()
            return nil
        }
        self.thread = thread
    }

    /// Waits for its end.
    func join() { pthread_join(thread, nil) }

    private static let start: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { context in
        guard let context else { return nil }
        Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
    }

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
}
