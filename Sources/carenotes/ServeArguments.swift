/// The command line of `carenotes serve`.
struct ServeArguments: Equatable, Sendable {
    var environmentFile: String
    /// Which replica this is, from 1.
    var instance: Int
    /// What `KeysFile` reads; nil: no other keys than those of the settings, and generation 0.
    var keysFile: String? = nil
    /// The folder of this replica's own in which the audit of reads is kept until the database has it.
    var spool = ""
    /// The IPv4 address of each replica, in order; it listens on its own.
    var addresses = [String](repeating: "127.0.0.1", count: instances.count)

    /// Its own.
    var address: String { addresses[instance - 1] }

    enum Request: Equatable, Sendable {
        case help
        case version
        case serve(ServeArguments)
        case checkHelp
        /// `jws-check`, with its file.
        case check(String)
        case audit(AuditCommand)
        case reencryptHelp
        case reencrypt(ReencryptCommand)
    }

    /// The template gives carenotes three neighbouring ports.
    static let instances = 1...3

    static let help = """
        carenotes: the server of care notes

        Usage: carenotes serve --env-file FILE --spool FOLDER [--instance N] [--keys-file FILE] [--addresses A,B,C]
               carenotes audit verify|export …
               carenotes reencrypt --env-file FILE [--keys-file FILE] [--batch N] [--count]
               carenotes jws-check FILE
               carenotes --help | --version

          --env-file FILE   the settings, as careinit renders them for carenotes
          --spool FOLDER    a folder of this replica's own, in which the audit of reads is kept until the database has it
          --instance N      which replica this is, from \(instances.lowerBound) to \(instances.upperBound); it listens on port PORT + N - 1
                            (default 1)
          --keys-file FILE  the generation's number, and keys that are accepted beside those of the settings
          --addresses A,B,C the IPv4 address of each replica, where they do not share this machine's loopback; this one
                            listens on its own (default: 127.0.0.1 for each)

        audit checks and exports the trail of what was read and changed (carenotes audit --help).
        reencrypt seals what is stored anew with the primary ENCRYPTION_KEY (carenotes reencrypt --help).
        jws-check runs files of JSON web signatures through the check of access tokens (carenotes jws-check --help).

        SIGHUP makes it read both files again and take other secrets, while requests go on. Where a login with them fails, it
        stays with those it has, and says so in its log. Other settings are taken at the next start.

        It logs to standard error. SIGTERM, SIGINT or SIGUSR2 ends it: it answers for 3 more seconds, asks clients to close, and
        finishes the requests in flight. A second signal ends it at once.

        Exit codes: 0 ended in order, 1 gave up on requests in flight, 64 command line, 66 no such file,
        69 the port is taken, 78 the settings are wrong.
        """

    static func parse(_ arguments: [String]) throws(ServeFailure) -> Request {
        if arguments.first == "jws-check" { return try check(arguments.dropFirst()) }
        if arguments.first == "audit" { return .audit(try AuditCommand.parse(arguments.dropFirst())) }
        if arguments.first == "reencrypt" {
            let rest = arguments.dropFirst()
            let wantsHelp = rest.contains("--help") || rest.contains("-h")
            return wantsHelp ? .reencryptHelp : .reencrypt(try ReencryptCommand.parse(rest))
        }
        if arguments.contains("--help") || arguments.contains("-h") || arguments == ["help"] { return .help }
        if arguments.contains("--version") || arguments == ["version"] { return .version }
        guard arguments.first == "serve" else {
            throw .usage(arguments.first.map { "there is no command \($0)" } ?? "a command is missing")
        }
        let values = try options(
            arguments.dropFirst(), of: "serve",
            ["--env-file", "--spool", "--instance", "--keys-file", "--addresses"])
        guard let file = values["--env-file"], !file.isEmpty else { throw .usage("--env-file FILE is missing") }
        guard let spool = values["--spool"], !spool.isEmpty else { throw .usage("--spool FOLDER is missing") }
        return .serve(
            ServeArguments(
                environmentFile: file,
                instance: try number(values["--instance"] ?? "1", in: instances, option: "--instance"),
                keysFile: values["--keys-file"],
                spool: spool,
                addresses: try addresses(values["--addresses"])))
    }

    private static func check(_ arguments: ArraySlice<String>) throws(ServeFailure) -> Request {
        if arguments.contains("--help") || arguments.contains("-h") { return .checkHelp }
        guard let file = arguments.first, arguments.count == 1, !file.isEmpty, file.first != "-" else {
            throw .usage("jws-check needs one FILE")
        }
        return .check(file)
    }

    /// Options that each take a value.
    static func options(
        _ arguments: ArraySlice<String>, of command: String, _ names: [String]
    ) throws(ServeFailure) -> [String: String] {
        var values: [String: String] = [:]
        var rest = arguments
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard names.contains(name) else {
                throw .usage("\(name) is no option of carenotes \(command)")
            }
            guard values[name] == nil else { throw .usage("\(name) stands twice") }
            guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
                throw .usage("\(name) needs a value")
            }
            values[name] = value
        }
        return values
    }

    private static func addresses(_ text: String?) throws(ServeFailure) -> [String] {
        let addresses = (text ?? "127.0.0.1,127.0.0.1,127.0.0.1").split(separator: ",").map(String.init)
        guard addresses.count == instances.count, addresses.allSatisfy({ ListeningSocket.address($0) != nil })
        else {
            throw .usage("--addresses needs \(instances.count) IPv4 addresses with commas between them")
        }
        return addresses
    }

    static func number(
        _ text: String, in range: ClosedRange<Int>, option: String
    ) throws(ServeFailure) -> Int {
        guard let number = Int(text), range.contains(number), text.utf8.first != UInt8(ascii: "+") else {
            throw .usage("\(option) needs a whole number from \(range.lowerBound)")
        }
        return number
    }
}
