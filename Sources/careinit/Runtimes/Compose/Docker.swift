import EnvSchema

#if canImport(Glibc)
    import Glibc
#endif

/// Docker's own client, which is how careinit speaks to an engine.
enum Docker {
    /// What the client may be told by the operator's environment: where the engine is, and where its settings lie.
    private static let passed = ["HOME", "DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_CONFIG", "DOCKER_CERT_PATH"]

    static func subprocess(
        _ arguments: [String], input: [UInt8] = [], timeout: Duration = .seconds(60)
    ) -> Subprocess {
        var environment = Subprocess.cleanEnvironment
        for name in passed { environment[name] = getenv(name).map { String(cString: $0) } }
        return Subprocess(
            arguments: ["docker"] + arguments, environment: environment, input: input, timeout: timeout)
    }

    /// Runs it, and takes anything but success for a failure.
    ///
    /// - Parameters:
    ///   - arguments: What follows `docker`; never a secret.
    ///   - timeout: After this Docker is given up.
    ///   - signals: Where Ctrl-C is seen meanwhile; nil: not at all.
    ///   - what: What was wanted, for the failure, such as `The containers cannot be started`.
    /// - Returns: What Docker wrote to standard output.
    /// - Throws: exit code 69 with what Docker said.
    @discardableResult
    static func run(
        _ arguments: [String], timeout: Duration = .seconds(60), signals: TerminationSignals? = nil,
        or what: String
    ) throws(CommandFailure) -> String {
        let output: Subprocess.Output
        do { output = try subprocess(arguments, timeout: timeout).run(signals: signals) } catch {
            if let signals, error == .interrupted { throw .interrupted(signals) }
            throw missing(what)
        }
        guard output.succeeded else { throw failure(what, output) }
        return output.text
    }

    /// Whether there is an engine that answers, and Compose v2.
    static func require() throws(CommandFailure) {
        let what = "Docker Compose cannot be used"
        try run(["version", "--format", "{{.Server.Version}}"], timeout: .seconds(20), or: what)
        let version = try run(["compose", "version", "--short"], timeout: .seconds(20), or: what)
        guard let number = ProgramVersion(in: version), number < ProgramVersion(2) else { return }
        throw CommandFailure(
            .unavailable, what, why: "this is version \(number); version 2 or later is needed", fix: installation)
    }

    private static let installation =
        "install an engine and Compose v2: apt-get install docker.io docker-compose (Debian 13 and later)"

    private static func missing(_ what: String) -> CommandFailure {
        CommandFailure(.unavailable, what, why: "there is no program docker", fix: installation)
    }

    private static func failure(_ what: String, _ output: Subprocess.Output) -> CommandFailure {
        let lines = output.errorText.split(separator: "\n").suffix(6).map {
            PrintableText.make(String($0), width: 300)
        }
        let why = output.ending == .timedOut ? "Docker did not answer in time" : lines.joined(separator: "\n")
        let text = output.errorText.lowercased()
        var fix = "docker ps --all shows the containers"
        if text.contains("cannot connect to the docker daemon") {
            fix = "start the engine: systemctl start docker"
        }
        if text.contains("'compose' is not a docker command") { fix = installation }
        if text.contains("permission denied") { fix = "run careinit as root" }
        if text.contains("pool overlaps") {
            fix = "set CONTAINER_NETWORK to a private network that nothing else uses, such as 10.214.9.0"
        }
        return CommandFailure(.unavailable, what, why: why.isEmpty ? nil : why, fix: fix)
    }
}
