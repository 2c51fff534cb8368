import Testing

@testable import careinit

@Suite struct ExecCommandTests {
    private let folder = TemporaryFolder()

    private func plan() throws -> StackPlan { try StackFixture(state: "\(folder.path)/.careinit").plan() }

    private func service(_ name: String) throws -> ServicePlan {
        try ExecCommand.service(name, in: try plan().services)
    }

    private var runtime: NativeRuntime {
        NativeRuntime(
            project: Project(environmentFile: "\(folder.path)/.env", stateDirectory: "\(folder.path)/.careinit"),
            isRoot: true)
    }

    @Test func `an unknown service is a wrong command line, and the services are named`() throws {
        let services = try plan().services
        let failure = #expect(throws: CommandFailure.self) { try ExecCommand.service("pg", in: services) }
        #expect(failure?.exitCode == .usage && failure?.what == "there is no service \"pg\"")
        #expect(services.allSatisfy { failure?.fix?.contains($0.name) == true }, "\(failure?.fix ?? "")")
    }

    @Test func `natively a program runs as the service's user, with its environment, folder and rights`() throws {
        var service = try service("pg-1")
        service.user = "nobody"
        service.capability = "net_bind_service"
        let program = try runtime.program(["sh", "-c", "exit 7"], in: service, onTerminal: true)
        #expect(program.arguments == [Subprocess.find("sh"), "-c", "exit 7"])
        #expect(program.user == UserAccount.named("nobody") && program.capability == "net_bind_service")
        #expect(program.directory == service.directory && program.environment["PYTHONUNBUFFERED"] == "1")
        #expect(program.environment["PATH"] == Subprocess.searchPath)
    }

    @Test func `a program that is not there is told apart from one that fails`() throws {
        let service = try service("app-1")
        let failure = #expect(throws: CommandFailure.self) {
            try runtime.program(["no-such-program"], in: service, onTerminal: false)
        }
        #expect(failure?.exitCode == .noProgram && ExitCode.noProgram.rawValue == 127)
    }

    @Test func `psql and patronictl find a member by places only, and other services get nothing`() throws {
        let state = runtime.project.stateDirectory
        let variables = try runtime.program(["sh"], in: try service("pg-2"), onTerminal: false).environment
        #expect(variables["PGHOST"] == "\(state)/run/pg-2")
        #expect(variables["PATRONICTL_CONFIG_FILE"] == "\(state)/generations/current/pg-2/patroni.yml")
        #expect(!variables.values.contains { $0.contains(StackFixture.password) })
        for other in ["pg-exporter-1", "app-1", "redis", "nginx"] {
            #expect(try service(other).clientEnvironment(files: "f", sockets: "s").isEmpty, "\(other)")
        }
    }
}
