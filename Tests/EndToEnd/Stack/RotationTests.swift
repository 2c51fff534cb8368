import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Secrets change in a stack that runs, and nobody notices but those who had the old ones.
@Suite(.serialized, .enabled(if: ScratchStack.isPossible), .sharedStack) struct RotationTests {
    let stack: ScratchStack

    init() throws { stack = try SharedStack.current }

    private func value(_ name: String) -> String { SettingsFiles.value(of: name, in: stack.settings) ?? "" }

    /// Whether PostgreSQL takes a login, on that member.
    private func logsIn(_ user: String, _ password: String, member: String = "DB_HOST") throws -> Bool {
        let passfile = try stack.folder.write("*:*:*:*:\(password)\n", to: "pgpass-\(UUID().uuidString)")
        chmod(passfile, 0o600)
        defer { unlink(passfile) }
        let outcome = try run(
            [
                "env", "PGPASSFILE=\(passfile)", "psql", "-X", "-w", "-t", "-h", value(member), "-p",
                "\(stack.port("DB_PORT"))", "-U", user, "-d", value("DB_NAME"), "-c", "SELECT 1",
            ], in: "/")
        return outcome.code == 0
    }

    private static let members = ["DB_HOST", "DB_REPLICA_1_HOST", "DB_REPLICA_2_HOST"]

    @Test func `the database's password changes under load, and no request fails`() throws {
        let (user, password) = (value("DB_USERNAME"), value("DB_PASSWORD"))
        let load = try LoadRun(stack, seconds: 120, rate: 60)
        try load.waitForWrites()
        let outcome = try stack.careinit("rotate-secrets", "DB_PASSWORD", "--json")
        #expect(outcome.code == 0, "\(outcome)")
        load.stop()
        let summary = try load.summary()
        #expect(summary["failed"] as? Int == 0, "\(summary)")
        #expect(try load.verify().code == 0)
        #expect(value("DB_USERNAME") != user && value("DB_PASSWORD") != password)
        for member in Self.members {
            #expect(try logsIn(value("DB_USERNAME"), value("DB_PASSWORD"), member: member))
            #expect(try !logsIn(user, password, member: member))
        }
        #expect(try JSON.object(outcome.output)["outcome"] as? String == "rotated")
        let up = try stack.careinit("up")
        #expect(up.code == 0 && up.text.contains("nothing has changed"), "\(up)")
        #expect(try stack.careinit("status").code == 0)
    }
}
