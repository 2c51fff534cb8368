/// `careinit render`: writes what `up` would, and starts nothing.
enum RenderCommand {
    static let command = Command(
        name: "render", summary: "Write every file of the stack into a folder, and start nothing.",
        options: [
            .init(
                name: "--output", short: "-o", value: "DIR",
                help: "Where the files go; it is made where it is missing."),
            .runtime, .environmentFile,
        ],
        examples: [
            .init(
                line: "careinit render --runtime compose --output stack",
                meaning: "docker-compose.ha.yml, and beside it each service's own files."),
            .init(
                line: "docker compose -f stack/docker-compose.ha.yml up -d",
                meaning: "Starts that by hand, once careinit images build has made the images."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        guard let output = invocation.value("--output"), !output.isEmpty else {
            throw CommandFailure(
                .usage, "where the files go is missing", place: "careinit render", fix: "--output DIR")
        }
        let kind = try RuntimeOption.read(invocation)
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        let configuration = try EnvironmentFile.requireValid(project, console: invocation.console)
        try StateDirectory.requireOwn(project)
        if kind == .compose { try StackPreparation.requireRoot() }
        let lock = try ProjectLock.acquire(project, command: "render")
        return try withExtendedLifetime(lock) {
            let rendering = Rendering(project: project, folder: output, kind: kind ?? project.runtimeKind)
            let plan = try rendering.run(configuration)
            guard !invocation.console.isQuiet else { return .success }
            for omission in plan.omissions {
                invocation.console.note("Without \(omission.service): \(omission.reason).")
            }
            rendering.advice(plan).forEach(invocation.console.print)
            return .success
        }
    }
}
