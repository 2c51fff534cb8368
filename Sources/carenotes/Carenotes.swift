#if canImport(Glibc)
    import Glibc
#endif

/// carenotes: the server of care notes. `carenotes serve` is what it is for.
@main
enum Carenotes {
    static let version = "0.1.0"

    static func main() {
        ServeProcess.prepare()
        exit(run(Array(CommandLine.arguments.dropFirst())))
    }

    /// Runs one command line; returns what the process exits with.
    static func run(_ arguments: [String]) -> Int32 {
        do throws(ServeFailure) {
            switch try ServeArguments.parse(arguments) {
            case .help: print(ServeArguments.help)
            case .checkHelp: print(JWSCheck.help)
            case .check(let path): return try JWSCheck.run(path)
            case .audit(let command): return try command.run()
            case .version: print("carenotes \(version)")
            case .reencryptHelp: print(ReencryptCommand.help)
            case .reencrypt(let command): return try command.run()
            case .serve(let arguments): return try Serve.run(arguments)
            }
            return 0
        } catch {
            error.report()
            return error.exitCode
        }
    }
}
