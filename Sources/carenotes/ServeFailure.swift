import EnvSchema

#if canImport(Glibc)
    import Glibc
#endif

/// Why carenotes does not serve.
enum ServeFailure: Error, Equatable, Sendable {
    case usage(String)
    /// The file cannot be read; `reason` is the system's own word.
    case unreadableFile(path: String, reason: String)
    /// A line of a file for `jws-check` is none.
    case unreadableLine(path: String, number: Int)
    case invalidSettings(path: String, findings: [Finding])
    /// Of the file of other keys; the reason holds no value.
    case invalidKeys(path: String, line: Int, reason: String)
    /// Settings and program do not fit together.
    case internalError(String)
    /// `audit` and `reencrypt` ask it.
    case databaseUnavailable(reason: String)
    /// Another `reencrypt`.
    case alreadyRunning
    case cannotListen(address: String, port: UInt16, errno: Int32)

    /// As in sysexits.h.
    var exitCode: Int32 {
        switch self {
        case .usage: 64
        case .unreadableLine: 65
        case .unreadableFile: 66
        case .internalError: 70
        case .cannotListen, .databaseUnavailable: 69
        case .alreadyRunning: 75
        case .invalidSettings, .invalidKeys: 78
        }
    }

    /// For people, on standard error.
    var lines: [String] {
        switch self {
        case .usage(let what):
            ["Error: \(what)", "  Fix: carenotes --help shows the command line"]
        case .unreadableFile(let path, let reason):
            [
                "Error: \(path) cannot be read", "  \(reason)",
                "  Fix: name a file that carenotes may read; for serve, the one that careinit rendered",
            ]
        case .unreadableLine(let path, let number):
            [
                "Error: \(path):\(number): not a JSON object with jws, key and valid",
                "  Fix: carenotes jws-check --help shows a line",
            ]
        case .invalidSettings(let path, let findings):
            findings.flatMap { FindingText.lines($0, path: path) } + [
                "Error: \(path) is not in order: \(FindingText.count(findings))",
                "  Fix: correct the .env that it was made from, then careinit up",
            ]
        case .invalidKeys(let path, let line, let reason):
            ["Error: \(path):\(line): \(reason)", "  Fix: careinit up renders the file anew"]
        case .internalError(let what):
            ["Error: \(what)"]
        case .databaseUnavailable(let reason):
            ["Error: the database does not answer", "  \(reason)", "  Fix: careinit status shows what runs"]
        case .alreadyRunning:
            [
                "Error: another carenotes reencrypt is at work",
                "  Fix: wait for its end; it does all there is to do",
            ]
        case .cannotListen(let address, let port, let code):
            [
                "Error: carenotes cannot listen on \(address):\(port)",
                "  \(strerror(code).map { String(cString: $0) } ?? "errno \(code)")",
                "  Fix: end the program that holds the port (ss -ltnp shows it), or choose another PORT",
            ]
        }
    }

    func report() {
        let text = lines.joined(separator: "\n") + "\n"
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }
}
