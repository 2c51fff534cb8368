import Secrets

#if canImport(Glibc)
    import Glibc
#endif

/// `carenotes audit verify` and `carenotes audit export`: the trail of all organisations, for whoever runs the stack.
enum AuditCommand: Equatable, Sendable {
    case help
    case verify(environmentFile: String?, spools: [String])
    case export(environmentFile: String, range: AuditReader.Range, isDueOnly: Bool)

    static let helpText = """
        carenotes audit: check and export what was read and changed, by whom and when

        Usage: carenotes audit verify [--env-file FILE] [SPOOL…]
               carenotes audit export --env-file FILE [--from TIME] [--to TIME] [--due]

        verify reads every chain in the database that FILE names, and the spool of each replica in a folder SPOOL, line by line.
        Each gives one line of output: how many lines hold, or BROKEN with the first that does not. With both it also finds lines
        that a spool has given to the database and that are not there. A replica may go on writing meanwhile.

        export writes the events of all organisations to standard output, JSON Lines, oldest first.

          --env-file FILE   the settings, as careinit renders them for carenotes
          --from TIME       from this day or time on, such as 2026-11-23 or 2026-11-23T14:20:00Z
          --to TIME         before this day or time
          --due             only what is older than AUDIT_LOG_RETENTION_DAYS

        Exit codes: 0 all holds, 1 something does not, 64 command line, 66 no such file or spool, 69 the database does not
        answer, 78 the settings are wrong.

        Example: carenotes audit verify --env-file .careinit/generations/current/app-1/carenotes.env .careinit/data/app-*
        """

    static func parse(_ arguments: ArraySlice<String>) throws(ServeFailure) -> AuditCommand {
        if arguments.isEmpty || arguments.contains("--help") || arguments.contains("-h") { return .help }
        var rest = arguments.dropFirst()
        var (values, words, isDueOnly): ([String: String], [String], Bool) = ([:], [], false)
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("-") else {
                words.append(argument)
                continue
            }
            if argument == "--due" {
                isDueOnly = true
                continue
            }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(
                String.init)
            guard ["--env-file", "--from", "--to"].contains(parts[0]) else {
                throw .usage("\(parts[0]) is no option of carenotes audit")
            }
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst(), !value.isEmpty,
                values.updateValue(value, forKey: parts[0]) == nil
            else { throw .usage("\(parts[0]) needs one value") }
        }
        return try request(arguments.first ?? "", values, words, isDueOnly)
    }

    private static func request(
        _ name: String, _ values: [String: String], _ words: [String], _ isDueOnly: Bool
    ) throws(ServeFailure) -> AuditCommand {
        let file = values["--env-file"]
        switch name {
        case "verify":
            guard values["--from"] == nil, values["--to"] == nil, !isDueOnly else {
                throw .usage("verify takes no --from, --to and --due")
            }
            guard file != nil || !words.isEmpty else { throw .usage("verify needs --env-file FILE, or a SPOOL") }
            return .verify(environmentFile: file, spools: words)
        case "export":
            guard let file else { throw .usage("--env-file FILE is missing") }
            guard words.isEmpty else { throw .usage("export takes no \(words[0])") }
            var range = AuditReader.Range()
            if let text = values["--from"] { range.from = try moment(text, "--from") }
            if let text = values["--to"] { range.to = try moment(text, "--to") }
            return .export(environmentFile: file, range: range, isDueOnly: isDueOnly)
        default: throw .usage("audit has no command \(name)")
        }
    }

    private static func moment(_ text: String, _ option: String) throws(ServeFailure) -> String {
        guard let moment = Moment.parse(text) else {
            throw .usage("\(option) needs a day or a time, such as 2026-11-23 or 2026-11-23T14:20:00Z")
        }
        return moment
    }

    /// Returns what the process exits with.
    func run() throws(ServeFailure) -> Int32 {
        switch self {
        case .help:
            print(Self.helpText)
            return 0
        case .verify(let file, let spools): return try Self.verify(file, spools)
        case .export(let file, let range, let isDueOnly):
            let settings = try ServeSettings.load(file)
            var range = range
            if isDueOnly { range.olderThanDays = settings.auditRetentionDays }
            return try Self.export(range, Self.reader(settings))
        }
    }

    private static func verify(_ file: String?, _ spools: [String]) throws(ServeFailure) -> Int32 {
        var verification = AuditVerification()
        defer { verification.lines.forEach { print($0) } }
        if let file {
            let settings = try ServeSettings.load(file)
            let reader = reader(settings)
            do throws(RecordsError) {
                try verification.check(reader, retentionDays: settings.auditRetentionDays)
            } catch {
                throw failure(error, reader)
            }
        }
        for spool in spools {
            do throws(FileError) {
                try verification.check(spool: spool, isDatabaseKnown: file != nil)
            } catch {
                throw .unreadableFile(path: error.path, reason: error.reason)
            }
        }
        return verification.isBroken ? 1 : 0
    }

    private static func export(_ range: AuditReader.Range, _ reader: AuditReader) throws(ServeFailure) -> Int32 {
        var place = AuditReader.Place()
        while true {
            let rows: [AuditResource.Row]
            do throws(RecordsError) { rows = try reader.events(range, after: place) } catch {
                throw failure(error, reader)
            }
            guard let last = rows.last else { return 0 }
            var bytes = rows.flatMap { $0.entry + [UInt8(ascii: "\n")] }[...]
            while !bytes.isEmpty {
                let count = bytes.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
                guard count > 0 else {
                    throw .unreadableFile(path: "standard output", reason: String(cString: strerror(errno)))
                }
                bytes = bytes.dropFirst(count)
            }
            place = AuditReader.Place(time: last.time, id: last.id)
        }
    }

    private static func reader(_ settings: Settings) -> AuditReader {
        AuditReader(
            database: Database(
                settings.database, instance: 0, threshold: settings.circuitThreshold,
                openTime: settings.circuitTimeout))
    }

    private static func failure(_ error: RecordsError, _ reader: AuditReader) -> ServeFailure {
        .databaseUnavailable(reason: reader.database.statistics.lastFailure ?? "\(error)")
    }
}
