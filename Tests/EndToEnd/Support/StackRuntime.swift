#if canImport(Glibc)
    import Glibc
#endif

/// What carries out the stacks of the tests: `$CARE_RUNTIME`, else natively.
enum StackRuntime: String {
    case native
    case compose

    static let current = getenv("CARE_RUNTIME").flatMap { StackRuntime(rawValue: String(cString: $0)) } ?? .native
    static var isNative: Bool { current == .native }

    /// Whether a stack can be started: under Compose by root, where an engine answers.
    static let isPossible: Bool =
        isNative || (Privileges.isRoot && (try? run(["docker", "version"], in: "/").code) == 0)
}
