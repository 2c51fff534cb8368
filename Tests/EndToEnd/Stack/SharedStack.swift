import Testing

/// One running stack for all tests of a suite: started before the first, stopped after the last, whatever happens between.
struct SharedStack: SuiteTrait, TestScoping {
    @TaskLocal private static var running: ScratchStack?

    /// The stack that the suite runs on.
    static var current: ScratchStack {
        get throws { try #require(running, "no suite with the trait .sharedStack is running") }
    }

    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
    ) async throws {
        let stack = try ScratchStack()
        do {
            try stack.up()
            try await Self.$running.withValue(stack) { try await function() }
        } catch {
            try stack.destroy()
            throw error
        }
        try stack.destroy()
    }
}

extension Trait where Self == SharedStack {
    static var sharedStack: Self { Self() }
}
