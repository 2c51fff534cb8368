#if canImport(Glibc)
    import Glibc
#endif

/// Where the built programs lie: beside the test bundle, or in `$CAREINIT_BIN`.
enum Programs {
    static let careinit = "\(folder)/careinit"
    static let carenotes = "\(folder)/carenotes"
    static let careload = "\(folder)/careload"

    static let folder: String = {
        if let given = getenv("CAREINIT_BIN") { return String(cString: given) }
        // SwiftPM puts the executables beside the bundle of the tests, which is the first argument of its runner.
        let words = CommandLine.arguments.first?.split(separator: "/").dropLast() ?? []
        return "/" + words.joined(separator: "/")
    }()

    /// What the programs of the stack are called by; nothing else of the tester's environment reaches them.
    static let environment = [
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG": "C.UTF-8", "HOME": "/nonexistent", "NO_COLOR": "1",
    ]
}
