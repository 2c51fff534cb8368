import Foundation
import Testing

@testable import careinit

@Suite struct AuditVerifyCommandTests {
    private let folder: TemporaryFolder
    private let environment: String
    private let log: AuditLog

    init() throws {
        folder = TemporaryFolder()
        environment = folder.path + "/.env"
        log = AuditLog(try StateDirectory.resolve(environmentFile: environment))
    }

    private func run(_ words: String...) -> ExitCode {
        Careinit.run(["audit"] + words + ["--quiet", "--env-file", environment])
    }

    private func append(_ count: Int) throws {
        for number in 1...count {
            try log.append(action: .settingsChanged, subjects: [.init("A", before: nil, after: "\(number)")])
        }
    }

    private func edit(_ change: (String) -> String) throws {
        let text = try String(contentsOfFile: log.place.current, encoding: .utf8)
        try change(text).write(toFile: log.place.current, atomically: false, encoding: .utf8)
    }

    @Test func `a whole log is 0, a changed or shortened one 1, none at all 66`() throws {
        #expect(run("verify") == .missingInput)
        try append(3)
        #expect(run("verify") == .success)
        #expect(run("show") == .success)
        let whole = try String(contentsOfFile: log.place.current, encoding: .utf8)
        try edit { $0.replacingOccurrences(of: "\"sequence\":2", with: "\"sequence\":4") }
        #expect(run("verify") == .failure)
        #expect(run("show") == .failure)
        try edit { _ in whole.split(separator: "\n").dropLast().joined(separator: "\n") + "\n" }
        #expect(run("verify") == .failure)
        try edit { _ in whole }
        #expect(run("verify") == .success)
    }

    @Test func `a head that was noted elsewhere must be on the chain`() throws {
        try append(2)
        let found = try AuditFiles.verify(log.place)
        let head = try #require(AuditReport(found, of: log.place).head)
        try append(1)
        #expect(run("verify", "--head", head) == .success)
        #expect(run("verify", "--head", head.replacingOccurrences(of: ":2:", with: ":9:")) == .failure)
        #expect(run("verify", "--head", "nonsense") == .usage)
        // Made anew as a whole, beside its own head, by somebody who has the salt, too.
        try FileManager.default.removeItem(atPath: log.folder)
        try append(3)
        #expect(run("verify") == .success)
        #expect(run("verify", "--head", head) == .failure)
    }

    @Test func `a log that was broken once is not green`() throws {
        try append(2)
        try edit { $0.replacingOccurrences(of: "\"sequence\":2", with: "\"sequence\":3") }
        try append(1)
        #expect(run("verify") == .failure)
        #expect(AuditReport(try AuditFiles.verify(log.place), of: log.place).broken == nil)
    }
}
