/// One request on its way: what the server library's callbacks and a worker tell each other.
final class Exchange: @unchecked Sendable {
    // Unchecked: the server thread and the worker never touch it at the same time. The worker has it from
    // MHD_suspend_connection to MHD_resume_connection, each of which takes the server's lock.
    let route: Route
    let method: Method
    let requestID: String
    let trace: TraceContext
    let startedAt: UInt64
    let framing: Framing
    private(set) var body: [UInt8] = []
    private(set) var received = 0
    var reply: Reply?

    /// The longest body that is read in bytes.
    static let bodyLimit = 64 * 1024
    /// What is read and thrown away, so that the client gets to read why it was refused.
    static let discardLimit = 8 * 1024 * 1024

    init(
        route: Route, method: Method, requestID: String, trace: TraceContext, startedAt: UInt64, framing: Framing
    ) {
        self.route = route
        self.method = method
        self.requestID = requestID
        self.trace = trace
        self.startedAt = startedAt
        self.framing = framing
    }

    var hasBody: Bool { framing.isChunked || (framing.announcedLength ?? 0) > 0 }
    var isTooLarge: Bool { received > Self.bodyLimit || (framing.announcedLength ?? 0) > UInt64(Self.bodyLimit) }

    /// Since its headers had come.
    var age: Duration { .nanoseconds(Int64(clamping: MonotonicClock.nanoseconds() &- startedAt)) }

    /// Takes a piece of the body; false once too much has come to go on, or for too long.
    func receive(_ bytes: UnsafeRawBufferPointer, within limit: Duration) -> Bool {
        guard age < limit else { return false }
        received += bytes.count
        if received <= Self.bodyLimit { body.append(contentsOf: bytes) }
        return received <= Self.discardLimit
    }
}
