import EnvSchema
import Foundation
import Secrets
import Testing

@testable import careinit

@Suite struct AuditLogTests {
    private let folder: TemporaryFolder
    private let project: Project
    private static let invoker = Invoker(user: "anna", effectiveUser: "root", command: "wizard")

    init() {
        folder = TemporaryFolder()
        project = Project(environmentFile: folder.path + "/.env", stateDirectory: folder.path + "/.careinit")
    }

    private var log: AuditLog {
        var log = AuditLog(project)
        log.invoker = Self.invoker
        log.now = { 1_795_000_000 }
        return log
    }

    private func entries() throws -> [AuditEntry] {
        var entries: [AuditEntry] = []
        let found = try AuditFiles.verify(log.place) { line in
            if let entry = AuditLog.decode(line.entry) { entries.append(entry) }
        }
        #expect(found.fault == nil)
        return entries
    }

    @Test func `an entry says who did what, when, and to what`() throws {
        try log.append(action: .generationActivated, file: "/srv/.env", generation: 7, note: "by hand")
        #expect(
            try entries() == [
                AuditEntry(
                    time: "2026-11-18T11:06:40Z", user: "anna", effectiveUser: "root", command: "wizard",
                    action: .generationActivated, file: "/srv/.env", generation: 7, note: "by hand", changes: [])
            ])
    }

    @Test func `no value stands in the log, and equal values have equal fingerprints`() throws {
        let (old, new) = ("the-old-password", "the-new-password")
        try log.append(action: .secretPublished, subjects: [.init("DB_PASSWORD", before: old, after: new)])
        try log.append(action: .secretRolledBack, subjects: [.init("DB_PASSWORD", before: new, after: old)])
        try log.append(action: .settingsChanged, subjects: [.init("SMTP_PASS", before: nil, after: old)])
        let changes = try entries().map { $0.changes[0] }
        #expect(changes[0].before == changes[1].after && changes[0].after == changes[1].before)
        #expect(changes[0].before != changes[0].after)
        // Two variables that hold the same value do not show it.
        #expect(changes[2].after != changes[0].before && changes[2].before == nil)
        let text = try String(contentsOfFile: log.place.current, encoding: .utf8)
        #expect(!text.contains("password\"") && !text.contains(old) && !text.contains(new))
    }

    @Test func `fingerprints of another stack are others`() throws {
        let other = Project(environmentFile: "/x/.env", stateDirectory: folder.path + "/other")
        for project in [project, other] {
            try AuditLog(project).append(action: .settingsChanged, subjects: [.init("A", before: nil, after: "1")])
        }
        let texts = try [project, other].map {
            try String(contentsOfFile: AuditLog($0).place.current, encoding: .utf8)
        }
        let prints = texts.compactMap { $0.firstMatch(of: /"after":"([0-9a-f]{16})"/)?.1 }
        #expect(Set(prints).count == 2)
    }

    @Test func `only what two files set differently is named`() throws {
        let old = Array("A=1\nB=2\nC=3\n# D=4\n".utf8)
        try log.settings(old, Array("B='2'\nA=9\nD=4\n".utf8), file: "/srv/.env")
        let changes = try entries()[0].changes
        #expect(changes.map(\.name) == ["A", "C", "D"])
        #expect(changes.map { $0.before != nil } == [true, true, false])
        #expect(changes.map { $0.after != nil } == [true, false, true])
    }

    @Test func `a name that may be a secret in the wrong place is not written down`() throws {
        let secret = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
        try log.settings([], Array("\(secret)=x\n".utf8), file: "/srv/.env")
        #expect(try entries()[0].changes.map(\.name) == ["(unnamed)"])
        #expect(!(try String(contentsOfFile: log.place.current, encoding: .utf8)).contains(secret))
    }

    @Test func `folder, salt and log are for their owner alone`() throws {
        try log.append(action: .settingsChanged)
        let modes = try ["", "/salt", "/careinit.log.jsonl", "/careinit.log.head"].map { name in
            try FileManager.default.attributesOfItem(atPath: log.folder + name)[.posixPermissions] as? Int
        }
        #expect(modes == [0o700, 0o600, 0o600, 0o600])
    }

    @Test func `several careinits write one chain`() throws {
        try log.append(action: .settingsChanged)
        let log = log
        DispatchQueue.concurrentPerform(iterations: 8) { _ in try? log.append(action: .settingsChanged) }
        #expect(try entries().count == 9)
    }

    @Test func `where it cannot be written, the operator hears of it`() throws {
        try FileManager.default.createDirectory(atPath: project.stateDirectory, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: project.auditFolder))
        let failure = #expect(throws: CommandFailure.self) { try log.append(action: .settingsChanged) }
        #expect(failure?.exitCode == .cannotCreate)
        #expect(failure?.what == "The change was made, and could not be written to the audit log")
    }
}
