#if canImport(Glibc)
    import Glibc
#endif

/// The load generator of the tests and the benchmark: sends by a schedule, keeps a ledger of what was acknowledged, and
/// verifies the ledger afterwards.
@main
enum CareLoad {
    static let usage = """
        Usage: careload run --url URL --token-file FILE --rate N/s --connections N --duration SECONDS --ledger FILE
                            [--write-share 0.3] [--paths /api/health,…] [--residents 8] [--seed WORD]
               careload verify --url URL --token-file FILE --ledger FILE

        Both take [--connect HOST:PORT] (where URL's host is not), [--ca FILE] (whom to trust) and [--timeout 30].
        run sends by schedule, whatever the replies do, and appends each acknowledged write to the ledger; {resident}
        in a path stands for a resident of the run, whom it takes in first (the token's role is manager or admin). It prints one line of JSON. SIGINT and SIGTERM end it early.
        verify lists the notes and ends with 1 where an acknowledged one is missing, changed or there twice.
        """

    static func main() {
        let status = run(Array(CommandLine.arguments.dropFirst()))
        fflush(nil)
        exit(status)
    }

    private static func run(_ words: [String]) -> Int32 {
        do {
            switch words.first {
            case "run": return try RunCommand.run(words.dropFirst())
            case "verify": return try VerifyCommand.run(words.dropFirst())
            case "--help", "-h", "help":
                print(usage)
                return 0
            default: throw LoadFailure(64, usage)
            }
        } catch let failure as LoadFailure {
            complain(failure.message)
            return failure.exitCode
        } catch {
            complain("\(error)")
            return 1
        }
    }

    private static func complain(_ message: String) {
        let bytes = Array("careload: \(message)\n".utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
