#if canImport(Glibc)
    import Glibc
#endif

@main
enum Careinit {
    static func main() {
        ProcessSetup.apply()
        exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    /// Runs one command line and turns whatever it throws into a message and an exit code.
    static func run(_ arguments: [String]) -> ExitCode {
        var console = Console.detect(noColour: false, noInput: true, isQuiet: false, isVerbose: false)
        do {
            let request = try CommandLineParser(commands: CommandTable.all).parse(arguments)
            console = .detect(
                noColour: request.has(GlobalOptions.noColour), noInput: request.has(GlobalOptions.noInput),
                isQuiet: request.has(GlobalOptions.quiet), isVerbose: request.has(GlobalOptions.verbose))
            return try dispatch(request, console: console)
        } catch UsageError.missingCommand {
            return showUsage(console)
        } catch {
            let failure = failure(for: error)
            console.report(failure)
            return failure.exitCode
        }
    }

    private static func dispatch(_ request: CommandLineParser.Request, console: Console) throws -> ExitCode {
        if request.has(GlobalOptions.help) {
            console.print(try HelpCommand.text(topic: request.command?.name ?? request.group))
            return .success
        }
        guard let command = request.command, !request.has(GlobalOptions.version) else {
            console.print("careinit \(VersionCommand.current)")
            return .success
        }
        return try command.run(
            Invocation(
                command: command, positionals: request.positionals, values: request.values, console: console))
    }

    /// `careinit` alone: the overview, on standard error since nothing was done.
    private static func showUsage(_ console: Console) -> ExitCode {
        if let overview = try? HelpCommand.text(topic: nil) { console.note(overview) }
        return .usage
    }

    private static func failure(for error: any Error) -> CommandFailure {
        switch error {
        case let failure as CommandFailure: failure
        case let usage as UsageError: CommandFailure(usage)
        default:
            CommandFailure(
                .failure, "careinit met an error that it has no words for", why: String(describing: error),
                fix: "run again with --verbose, and report it if it stays")
        }
    }
}
