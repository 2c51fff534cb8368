#if canImport(Glibc)
    import Glibc
#endif

/// What a test can bring about in a program that was built for debugging, by files in the stack's own folder. There is nothing of
/// it in what is released.
enum RotationTest {
    /// Ends the program at a boundary, as SIGKILL would at any other place.
    static func stop(at number: Int, _ project: Project) {
        #if DEBUG
            if value("test-kill-at", project) == Int64(number) { kill(getpid(), SIGKILL) }
        #endif
    }

    /// Unix seconds, later by what the test says.
    static func now(_ project: Project) -> Int64 {
        #if DEBUG
            return Clock.now() + (value("test-clock-offset", project) ?? 0)
        #else
            return Clock.now()
        #endif
    }

    private static func value(_ name: String, _ project: Project) -> Int64? {
        FileSystem.readText("\(project.runFolder)/\(name)", limit: 32)
            .flatMap { Int64($0.filter { !$0.isWhitespace }) }
    }
}
