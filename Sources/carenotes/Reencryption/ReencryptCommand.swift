#if canImport(Glibc)
    import Glibc
#endif

/// `carenotes reencrypt`: seals what is stored anew with the primary ENCRYPTION_KEY.
struct ReencryptCommand: Equatable, Sendable {
    var environmentFile: String
    var keysFile: String?
    var batch = 100
    /// Counts only.
    var counts = false

    static let help = """
        carenotes reencrypt: seal what is stored anew with the primary ENCRYPTION_KEY

        Usage: carenotes reencrypt --env-file FILE [--keys-file FILE] [--batch N] [--count]

          --env-file FILE   the settings, as for carenotes serve; their ENCRYPTION_KEY is the primary
          --keys-file FILE  ENCRYPTION_KEY_ALSO in it names the keys that values may be sealed with now
          --batch N         values of one transaction, from 1 to 1000 (default 100)
          --count           changes nothing, and prints how many values each key has sealed

        It works beside running replicas, of which only one such run is let in. Each line of output is a JSON object; `remaining`
        is how many values still need another key. It may be ended at any moment, and goes on at the next start. A request that
        comes again after its key was retired is refused, and not carried out a second time.

        Exit codes: 0 nothing needs another key (with --count: counted), 1 what is left cannot be opened with any key here,
        64 command line, 66 no such file, 69 the database does not answer, 75 another run is at work, 78 the settings are wrong.

        Example: carenotes reencrypt --env-file carenotes.env --keys-file keys.env --count
        """

    private static let batches = 1...1000
    /// Attempts to find a primary, a second each: longer than a failover takes.
    private static let attempts = 60

    static func parse(_ arguments: ArraySlice<String>) throws(ServeFailure) -> ReencryptCommand {
        let counts = arguments.filter { $0 == "--count" }.count
        guard counts < 2 else { throw .usage("--count stands twice") }
        let values = try ServeArguments.options(
            arguments.filter { $0 != "--count" }[...], of: "reencrypt", ["--env-file", "--keys-file", "--batch"])
        guard let file = values["--env-file"], !file.isEmpty else { throw .usage("--env-file FILE is missing") }
        let batch = try ServeArguments.number(values["--batch"] ?? "100", in: batches, option: "--batch")
        return ReencryptCommand(
            environmentFile: file, keysFile: values["--keys-file"], batch: batch, counts: counts == 1)
    }

    /// Returns what the process exits with.
    func run() throws(ServeFailure) -> Int32 {
        let arguments = ServeArguments(environmentFile: environmentFile, instance: 1, keysFile: keysFile)
        let (settings, secrets) = try ServeSettings.load(arguments)
        let work = Reencryption(ring: secrets.encryption, batch: batch) { json in
            print(String(decoding: json.bytes, as: UTF8.self))
            fflush(nil)
        }
        let directory = HostDirectory(hosts: settings.database.hosts)
        let options = ConnectionOptions(settings.database, instance: 0)
        var failure = PostgresError.poolExhausted
        for attempt in 0..<Self.attempts {
            if attempt > 0 { sleep(1) }
            do throws(PostgresError) {
                var race = HostRace(
                    for: .primary, order: directory.order(for: .primary), options: options,
                    by: Deadline(in: .seconds(10)))
                let connection = try race.run { host, role in
                    if let role { _ = directory.saw(role, at: host) } else { directory.lost(host) }
                }
                return try run(work, ReencryptionSession(connection: connection, ring: secrets.encryption))
            } catch {
                failure = error
                guard error.isRetryable else { break }
            }
        }
        throw .databaseUnavailable(reason: failure.summary)
    }

    private func run(_ work: Reencryption, _ session: ReencryptionSession) throws(PostgresError) -> Int32 {
        try session.migrate()
        if counts {
            work.tell(try work.count(session))
            return 0
        }
        guard try session.takeLock() else {
            ServeFailure.alreadyRunning.report()
            return ServeFailure.alreadyRunning.exitCode
        }
        return try work.run(session) == 0 ? 0 : 1
    }
}
