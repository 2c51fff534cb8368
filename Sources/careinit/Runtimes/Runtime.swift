import Secrets

/// What carries out the plan of a stack.
protocol Runtime: Sendable {
    var kind: RuntimeKind { get }

    /// Whether there is anything to ask: services may run only then.
    var isUp: Bool { get }

    /// Whether there are data of an earlier start.
    var hasData: Bool { get }

    /// Starts the runtime itself with these services, none of which runs yet.
    func launch(_ services: [ServicePlan], signals: TerminationSignals) throws(CommandFailure)

    /// The state of every service that the runtime knows; empty where it is not up.
    func states() throws(CommandFailure) -> [String: ServiceState]

    /// Starts services without waiting for their health; those that run are left alone.
    func start(_ services: [ServicePlan]) throws(CommandFailure)

    /// Stops services, and waits until they have stopped.
    func stop(_ services: [ServicePlan]) throws(CommandFailure)

    /// Makes a running runtime know these services in place of those it knows; the changed ones must have stopped.
    func replace(_ changed: [ServicePlan], all services: [ServicePlan]) throws(CommandFailure)

    /// Makes a running runtime forget services that have stopped.
    func forget(_ removed: [ServicePlan], all services: [ServicePlan]) throws(CommandFailure)

    /// Makes a service read its files again.
    func reload(_ service: ServicePlan) throws(CommandFailure)

    /// Ends the runtime and whatever still runs in it.
    func shutDown() throws(CommandFailure)

    /// Runs a program where the service runs: as its user, with its files. Where a signal ends the wait, or careinit is killed, a
    /// program in a container goes on.
    func exec(
        _ service: ServicePlan, _ program: Subprocess, signals: TerminationSignals?
    ) throws(Subprocess.Failure) -> Subprocess.Output

    /// What runs a program where the service runs, with careinit's own standard streams: as its user, in its folder and with
    /// its environment. `onTerminal`: whether these are a terminal.
    func program(
        _ command: [String], in service: ServicePlan, onTerminal: Bool
    ) throws(CommandFailure) -> Subprocess

    /// psql as PostgreSQL's superuser on that member, over its socket; it prints rows only, one per line.
    func psql(on member: ServicePlan) -> Subprocess

    /// Logs besides those of the services, such as the supervisor's own.
    var otherLogs: [String] { get }

    /// The last lines of a service's log, oldest first; empty where there is none.
    func logEnd(_ service: ServicePlan, lines count: Int) -> [String]

    /// Prints the ends of logs, and what comes to them until Ctrl-C where that is asked for.
    func showLogs(_ request: LogRequest, console: Console) throws(CommandFailure) -> ExitCode
}

extension Runtime {
    func exec(_ service: ServicePlan, _ program: Subprocess) throws(Subprocess.Failure) -> Subprocess.Output {
        try exec(service, program, signals: nil)
    }

    /// Asks PostgreSQL's superuser on that member for the rows of a query, one per line.
    func query(_ statement: String, on member: ServicePlan) throws(Subprocess.Failure) -> Subprocess.Output {
        var program = psql(on: member)
        program.arguments += ["-c", statement]
        return try exec(member, program)
    }

    /// Gives PostgreSQL's superuser on that member a script over standard input, where no list of processes shows it; it
    /// ends at the first statement that fails.
    func script(_ text: String, on member: ServicePlan) throws(Subprocess.Failure) -> Subprocess.Output {
        var program = psql(on: member)
        program.arguments += ["-v", "ON_ERROR_STOP=1", "-f", "-"]
        program.input = Array(text.utf8)
        return try exec(member, program)
    }
}

/// What `careinit logs` is asked for.
struct LogRequest: Sendable {
    var services: [ServicePlan]
    /// Of services and of the runtime's other logs.
    var names: [String]
    /// How many lines of each.
    var lines: Int
    var follows: Bool
    /// Keeps out what a server has written of the secrets that it was given.
    var redactor = Redactor()
}

/// What the runtime knows of one service.
struct ServiceState: Sendable, Equatable {
    enum Phase: String, Sendable {
        case stopped
        case starting
        case running
        case stopping
        /// It ended by itself, and will be started again.
        case restarting
        case failed
    }

    var phase: Phase
    var process: Int32?
    /// Seconds since 1970; nil where it does not run.
    var startedAt: Int64?
    /// How often it ended by itself since the runtime started.
    var endCount = 0
    /// How and when it last did, in the runtime's words, such as `terminated by SIGKILL at 2026-11-23 11:30:05`.
    var lastEnd: String?
    /// Why it could not be started, in the runtime's words; mostly empty.
    var trouble = ""
}
