import EnvSchema
import Templates
import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct GivenAnswersTests {
    private let schema: Schema
    private let folder = TemporaryFolder()

    init() throws { schema = try Schema(template: EnvDocument(parsing: Templates.environment)) }

    private func file(_ name: String, _ text: String, mode: mode_t = 0o600) throws -> String {
        let path = "\(folder.path)/\(name)"
        try OutputFile.write(Array(text.utf8), to: path, mode: UInt32(mode))
        return path
    }

    private func read(_ sets: [String] = [], answers: String? = nil) throws -> GivenAnswers {
        try GivenAnswers.read(sets: sets, answersFile: answers, schema: schema)
    }

    private func code(_ work: () throws -> Void) -> ExitCode? {
        do {
            try work()
            return nil
        } catch {
            return (error as? CommandFailure)?.exitCode
        }
    }

    @Test func `values are taken as they are, and files without their last line end`() throws {
        let path = try file("secret", "s3cret with = and # in it\n")
        let given = try read(["APP_NAME=a=b", "SMTP_PASS=@\(path)", "SMTP_FROM_NAME="])
        #expect(given.set == ["APP_NAME": "a=b", "SMTP_PASS": "s3cret with = and # in it", "SMTP_FROM_NAME": ""])
        #expect(given.findings.isEmpty)
    }

    @Test(arguments: ["APP_NAME", "", "=x"])
    func `a set without a name or an equals sign is a usage error that does not repeat it`(_ text: String) {
        #expect(code { _ = try read([text]) } == .usage)
    }

    @Test func `a secret on the command line is refused and not repeated`() {
        do {
            _ = try read(["DB_PASSWORD=hunter2hunter2hunter2hunter2hunter2"])
            Issue.record("was taken")
        } catch {
            #expect((error as? CommandFailure)?.exitCode == .usage)
            #expect(!"\(error)".contains("hunter2"))
        }
    }

    @Test func `what others may read is refused with the command that mends it`() throws {
        let path = try file("answers", "APP_NAME=x\n", mode: 0o640)
        do {
            _ = try read(answers: path)
            Issue.record("was taken")
        } catch {
            #expect((error as? CommandFailure)?.exitCode == .notPermitted)
            #expect((error as? CommandFailure)?.fix == "chmod 600 \(path)")
        }
        #expect(code { _ = try read(["SMTP_PASS=@\(path)"]) } == .notPermitted)
        #expect(code { _ = try read(["APP_NAME=@\(path)"]) } == nil)
    }

    @Test func `files that are missing or folders have their own exit codes`() {
        #expect(code { _ = try read(answers: "\(folder.path)/none") } == .missingInput)
        #expect(code { _ = try read(answers: folder.path) } == .invalidData)
        #expect(code { _ = try read(["APP_NAME=@\(folder.path)/none"]) } == .missingInput)
    }

    @Test func `unknown names and bad syntax are all found at once`() throws {
        let path = try file("answers", "APP_NAM=x\nnonsense\nHTTP_PORT=81\nHTPS_PORT=1\n")
        let given = try read(["SMTP_HOTS=x"], answers: path)
        #expect(
            given.findings.filter { $0.code == .unknownName }.compactMap(\.variable) == [
                "APP_NAM", "HTPS_PORT", "SMTP_HOTS",
            ])
        #expect(given.findings.contains { $0.code == .missingEquals })
        #expect(given.places["HTTP_PORT"] == "\(path):3:11")
    }

    @Test(
        arguments: [
            (["SMTP_PASS=@-", "APP_NAME=@-"], nil), (["SMTP_PASS=@-", "SMTP_PASS=@-"], nil),
            (["SMTP_PASS=@-"], "-"),
        ] as [([String], String?)])
    func `standard input gives one thing only`(_ sets: [String], _ answers: String?) {
        #expect(code { _ = try read(sets, answers: answers) } == .usage)
    }
}
