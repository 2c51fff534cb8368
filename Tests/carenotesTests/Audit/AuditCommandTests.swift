import Foundation
import Secrets
import Testing

@testable import carenotes

@Suite struct AuditCommandTests {
    @Test func `verify takes settings, spools, or both`() throws {
        #expect(
            try AuditCommand.parse(["verify", "--env-file", "a", "/s/1", "/s/2"])
                == .verify(environmentFile: "a", spools: ["/s/1", "/s/2"]))
        #expect(try AuditCommand.parse(["verify", "/s/1"]) == .verify(environmentFile: nil, spools: ["/s/1"]))
    }

    @Test func `export takes a time from and a time to`() throws {
        let command = try AuditCommand.parse(["export", "--env-file=a", "--from", "2026-11-23", "--due"])
        #expect(
            command
                == .export(environmentFile: "a", range: .init(from: "2026-11-23T00:00:00Z"), isDueOnly: true))
    }

    @Test(arguments: [
        ["verify"], ["export"], ["show"], ["verify", "--from", "2026-11-23", "s"], ["verify", "--due", "s"],
        ["export", "--env-file", "a", "s"], ["export", "--env-file", "a", "--from", "yesterday"],
        ["export", "--env-file", "a", "--env-file", "b"], ["verify", "--all"], ["verify", "--env-file"],
    ])
    func `it refuses with 64`(arguments: [String]) {
        let failure = #expect(throws: ServeFailure.self) { try AuditCommand.parse(arguments[...]) }
        #expect(failure?.exitCode == 64)
    }

    @Test func `a spool that holds is 0, one that does not 1, and none 66`() throws {
        let scratch = ScratchSpool()
        let command = AuditCommand.verify(environmentFile: nil, spools: [scratch.folder])
        let failure = #expect(throws: ServeFailure.self) { try command.run() }
        #expect(failure?.exitCode == 66)
        for _ in 0..<2 { #expect(scratch.spool.record(AuditEvent(.read, by: PostgresTests.author))) }
        #expect(try command.run() == 0)
        let file = scratch.spool.place.current
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try text.replacingOccurrences(of: "carer", with: "admin").write(
            toFile: file, atomically: false, encoding: .utf8)
        #expect(try command.run() == 1)
    }

    @Test func `settings that are not there are 66`() {
        let command = AuditCommand.verify(environmentFile: "/nonexistent/x", spools: [])
        let failure = #expect(throws: ServeFailure.self) { try command.run() }
        #expect(failure?.exitCode == 66)
    }
}
