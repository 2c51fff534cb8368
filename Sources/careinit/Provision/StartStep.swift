/// Starts what was configured, exactly as `careinit up` does.
enum StartStep {
    static func start(_ project: Project, console: Console, timeout: Duration) throws -> ExitCode {
        try StackStarter.up(project: project, console: console, timeout: timeout)
    }
}
