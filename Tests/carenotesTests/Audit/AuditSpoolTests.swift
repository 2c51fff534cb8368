import Foundation
import Secrets
import Testing

@testable import carenotes

@Suite struct AuditSpoolTests {
    private func event(_ number: Int = 0) -> AuditEvent {
        AuditEvent(.read, by: PostgresTests.author).about(count: number)
    }

    @Test func `an event is on the disk when its request goes on`() throws {
        let scratch = ScratchSpool()
        #expect(scratch.spool.record(event(7)))
        #expect(try scratch.entries.count == 1)
        #expect(try scratch.entries[0].contains("\"count\":7"))
        #expect(scratch.spool.statistics.head?.sequence == 1)
    }

    @Test func `all who wait at the same time share a commit, and none is lost`() throws {
        let scratch = ScratchSpool()
        let (threads, each) = (16, 25)
        let results = inParallel(threads) { [spool = scratch.spool] thread in
            (0..<each).allSatisfy { spool.record(self.event(thread * each + $0)) }
        }
        #expect(results.allSatisfy { $0 })
        let statistics = scratch.spool.statistics
        #expect(statistics.events == threads * each && statistics.failures == 0)
        #expect(statistics.commits < statistics.events)
        let numbers = try scratch.entries.compactMap { $0.firstMatch(of: /"count":(\d+)/).flatMap { Int($0.1) } }
        #expect(numbers.sorted() == Array(0..<(threads * each)))
    }

    @Test func `without a place to write, nothing counts as written, and it is tried again`() throws {
        let scratch = ScratchSpool()
        ScratchSpool.remove(scratch.folder)
        try Data().write(to: URL(fileURLWithPath: scratch.folder))
        #expect(!scratch.spool.record(event()))
        #expect(scratch.spool.statistics.failures == 1 && scratch.spool.statistics.events == 0)
        #expect(scratch.troubles.count == 1)
        ScratchSpool.remove(scratch.folder)
        try PostgresTests.waitUntil { scratch.spool.record(self.event()) }
        #expect(try scratch.entries.count == 1)
    }

    /// Whether a small file system can be made for a test.
    private static let canMount: Bool = {
        let scratch = ScratchSpool()
        guard
            (try? ServerProcess.run("mount", ["-t", "tmpfs", "tmpfs", scratch.folder], isPostgres: false)) != nil
        else {
            return false
        }
        return (try? ServerProcess.run("umount", [scratch.folder], isPostgres: false)) != nil
    }()

    @Test(.enabled(if: canMount)) func `a full disk refuses, and goes on where it ended once there is room`()
        throws
    {
        let scratch = ScratchSpool()
        try ServerProcess.run(
            "mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", scratch.folder], isPostgres: false)
        defer {
            scratch.spool.close()
            _ = try? ServerProcess.run("umount", [scratch.folder], isPostgres: false)
        }
        #expect(scratch.spool.record(event(1)))
        let filler = scratch.folder + "/filler"
        try? Data(count: 1 << 20).write(to: URL(fileURLWithPath: filler))
        // What is left of the last page of the log.
        var written = 1
        while scratch.spool.record(event(written)) { written += 1 }
        #expect(scratch.troubles.contains { $0.contains("No space left") })
        try FileManager.default.removeItem(atPath: filler)
        try PostgresTests.waitUntil { scratch.spool.record(self.event()) }
        #expect(try scratch.entries.count == written + 1)
    }

    @Test func `a log that was removed takes no more events`() throws {
        let scratch = ScratchSpool()
        #expect(scratch.spool.record(event()))
        try FileManager.default.removeItem(atPath: scratch.spool.place.current)
        #expect(!scratch.spool.record(event()))
        #expect(scratch.troubles.count == 1)
    }

    @Test func `the next process goes on with the same chain`() throws {
        let scratch = ScratchSpool()
        #expect(scratch.spool.record(event()))
        let id = scratch.spool.statistics.head?.id
        scratch.spool.close()
        #expect(!scratch.spool.record(event()))
        let next = AuditSpool(folder: scratch.folder, replica: 1, onTrouble: { _ in })
        defer { next.close() }
        #expect(next.record(event()))
        #expect(next.statistics.head?.id == id && next.statistics.head?.sequence == 2)
    }
}
