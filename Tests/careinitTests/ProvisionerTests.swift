import EnvSchema
import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct ProvisionerTests {
    private let folder = TemporaryFolder()
    private var environment: String { "\(folder.path)/.env" }
    private let console = Console(usesColour: false, isInteractive: false, isQuiet: true)

    private func provision(
        set: [String: String] = [:], profile: Profile? = .local, isDryRun: Bool = false
    ) throws -> ExitCode {
        let project = Project(environmentFile: environment, stateDirectory: "\(folder.path)/.careinit")
        let provisioner = try Provisioner(project: project, now: 1_795_439_405)
        let given = GivenAnswers(set: set)
        let run = ProvisionRun(
            provisioner: provisioner, given: given, sheet: try provisioner.sheet(profile: profile, given: given),
            console: console, isDryRun: isDryRun)
        return try run()
    }

    private func bytes(_ path: String) -> [UInt8]? { FileSystem.read(path) }
    private func mode(_ path: String) -> UInt32? { FileSystem.status(path).map { $0.st_mode & 0o777 } }

    private func failure(_ work: () throws -> ExitCode) -> CommandFailure? {
        do {
            _ = try work()
            return nil
        } catch {
            return error as? CommandFailure
        }
    }

    @Test func `a new file and certificate are private, and a second run changes no byte`() throws {
        #expect(try provision() == .success)
        let first = bytes(environment)
        let certificate = bytes("\(folder.path)/certs/fullchain.pem")
        #expect(mode(environment) == 0o600)
        #expect(mode("\(folder.path)/certs/privkey.pem") == 0o600)
        #expect(try provision() == .success)
        #expect(bytes(environment) == first)
        #expect(bytes("\(folder.path)/certs/fullchain.pem") == certificate)
        #expect(FileSystem.names(in: folder.path) == [".careinit", ".env", "certs"])
    }

    @Test func `a dry run writes nothing`() throws {
        #expect(try provision(isDryRun: true) == .success)
        #expect(FileSystem.names(in: folder.path).isEmpty)
    }

    @Test func `a change keeps the old file and every secret`() throws {
        _ = try provision()
        let first = try #require(bytes(environment))
        #expect(try provision(set: ["APP_NAME": "Rosewood"], profile: nil) == .success)
        let second = EnvDocument(parsing: try #require(bytes(environment)))
        #expect(second.value(of: "APP_NAME") == "Rosewood")
        #expect(second.value(of: "DB_PASSWORD") == EnvDocument(parsing: first).value(of: "DB_PASSWORD"))
        #expect(bytes("\(environment).backup-20261123T131005Z") == first)
        #expect(mode("\(environment).backup-20261123T131005Z") == 0o600)
    }

    @Test func `a file that others may read is closed to them`() throws {
        _ = try provision()
        let first = bytes(environment)
        chmod(environment, 0o644)
        #expect(try provision() == .success)
        #expect(mode(environment) == 0o600)
        #expect(bytes(environment) == first)
    }

    @Test func `missing and wrong answers refuse the run and write nothing`() throws {
        #expect(try provision(set: ["PORT": "99"], profile: .production) == .invalidData)
        #expect(FileSystem.names(in: folder.path).isEmpty)
    }

    @Test func `data without its secrets is refused, and so is a new secret for it`() throws {
        _ = try provision()
        try FileSystem.makeFolder("\(folder.path)/.careinit/data/pg-1/data", mode: 0o700)
        let refused = failure { try provision(set: ["DB_PASSWORD": "q7Zk1xVb93LwTfYp0sGhRm4cNd8uEaJo5iKtBv2X"]) }
        #expect(refused?.exitCode == .invalidData)
        #expect(refused?.what.contains("DB_PASSWORD") == true)
        #expect(try provision(set: ["APP_NAME": "Rosewood"]) == .success)
        unlink(environment)
        #expect(failure { try provision() }?.why?.contains("ENCRYPTION_KEY") == true)
        #expect(!FileSystem.exists(environment))
    }

    @Test func `a folder in place of the file and unreadable syntax are refused`() throws {
        try FileSystem.makeFolder(environment, mode: 0o755)
        #expect(failure { try provision() }?.exitCode == .invalidData)
        rmdir(environment)
        try OutputFile.write(Array("A='open\n".utf8), to: environment)
        #expect(failure { try provision() }?.place == "\(environment):1:3")
        #expect(bytes(environment) == Array("A='open\n".utf8))
    }

    @Test func `a certificate of somebody else's is not replaced`() throws {
        try FileSystem.makeFolder("\(folder.path)/certs", mode: 0o755)
        try OutputFile.write(Array("theirs".utf8), to: "\(folder.path)/certs/privkey.pem")
        #expect(try provision() == .failure)
        #expect(bytes("\(folder.path)/certs/privkey.pem") == Array("theirs".utf8))
    }

    @Test func `a certificate that an authority signed is told with the one command that keeps it`() throws {
        #expect(try provision() == .success)
        let invocation = Invocation(
            command: CertsCreateCommand.command,
            values: [
                "--env-file": [environment], "--output": ["\(folder.path)/certs"], "--force": [""],
            ], console: console)
        let made = try CertificateRequest(invocation).make(now: 1_795_439_405)
        #expect(made.last?.contains("careinit provision --set TLS_MODE=files") == true)
        let pair = bytes("\(folder.path)/certs/fullchain.pem")
        let step = try plan().certificate
        guard case .unusable(_, let problems) = step else {
            Issue.record("\(step)")
            return
        }
        #expect(problems.count == 1 && problems[0].contains("careinit provision --set TLS_MODE=files keeps it"))
        #expect(try provision(profile: nil) == .failure)
        #expect(try provision(set: ["TLS_MODE": "files"], profile: nil) == .success)
        #expect(bytes("\(folder.path)/certs/fullchain.pem") == pair)
        #expect(try provision(profile: nil) == .success)
    }

    // MARK: A template that changed

    /// Makes the template of the last run an older one.
    private func age(_ change: (String) -> String) throws {
        let path = "\(folder.path)/.careinit/wizard/template"
        let text = try #require(FileSystem.readText(path))
        try OutputFile.write(Array(change(text).utf8), to: path)
    }

    private func plan() throws -> ProvisionPlan {
        let project = Project(environmentFile: environment, stateDirectory: "\(folder.path)/.careinit")
        let provisioner = try Provisioner(project: project, now: 1_795_439_405)
        return try provisioner.plan(try provisioner.sheet(profile: .local, given: GivenAnswers()))
    }

    @Test func `the template that the file was written by is kept, and what changed since is told once`() throws {
        _ = try provision()
        #expect(mode("\(folder.path)/.careinit/wizard/template") == 0o600)
        #expect(try plan().upgrade.isEmpty)
        try age { $0.replacing("\nLOG_LEVEL=info\n", with: "\nLOG_LEVEL=warn\n") }
        #expect(try plan().upgrade.changed.map(\.name) == ["LOG_LEVEL"])
        #expect(try provision(isDryRun: true) == .success)
        #expect(try plan().upgrade.changed.map(\.name) == ["LOG_LEVEL"])
        #expect(try provision() == .success)
        #expect(try plan().upgrade.isEmpty)
    }

    @Test func `two changes within a second keep two backups`() throws {
        _ = try provision()
        let first = bytes(environment)
        _ = try provision(set: ["APP_NAME": "Rosewood"])
        let second = bytes(environment)
        _ = try provision(set: ["APP_NAME": "Oakhill"])
        #expect(bytes("\(environment).backup-20261123T131005Z") == first)
        #expect(bytes("\(environment).backup-20261123T131005Z-2") == second)
    }
}
