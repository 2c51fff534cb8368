/// Starts what was configured, exactly as `careinit up` does.
enum StartStep {
    static func start(_ project: Project, console: Console, timeout: Duration) throws -> ExitCode {
        throw CommandFailure(
            .failure, "this build of careinit cannot start the stack yet", fix: "careinit up, once it is there")
    }
}
