import Foundation
import Secrets
import Testing

@Suite struct ChainLogTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func text(_ name: String = "log.jsonl") throws -> String {
        try String(contentsOfFile: folder.file(name), encoding: .utf8)
    }

    private func write(_ bytes: [UInt8], to name: String = "log.jsonl") throws {
        try Data(bytes).write(to: URL(fileURLWithPath: folder.file(name)))
    }

    @Test func `the next writer goes on where the last one ended`() throws {
        do {
            let log = try ChainFixture.log(folder)
            try log.append([ChainFixture.entry(1), ChainFixture.entry(2)])
            try log.sync()
        }
        let log = try ChainFixture.log(folder, id: "never-used")
        #expect(log.head.sequence == 2)
        #expect(log.head.id == "test")
        try log.append([ChainFixture.entry(3)])
        #expect(log.mended.isEmpty)
        #expect(try ChainFixture.verification(folder).count == 3)
        #expect(try text().utf8.count == log.size)
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("log.jsonl"))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `a second writer is refused while the first lives`() throws {
        let log = try ChainFixture.log(folder)
        #expect(throws: FileError(.open, path: folder.file("log.jsonl"), errno: EWOULDBLOCK)) {
            try ChainFixture.log(folder)
        }
        withExtendedLifetime(log) {}
    }

    @Test func `a torn end is set aside whole, and noted in the chain`() throws {
        let lines = try ChainFixture.lines(3)
        let torn = Array(lines[2].prefix(50))
        try write(lines[0] + lines[1] + torn)
        let log = try ChainFixture.log(folder)
        #expect(log.mended == [.tornEnd(bytes: 50, keptIn: "log.torn-1")])
        #expect(Array(try Data(contentsOf: URL(fileURLWithPath: folder.file("log.torn-1")))) == torn)
        #expect(log.head.sequence == 3)
        #expect(
            try text().contains(#""entry":{"chain_event":"torn-end-set-aside","bytes":50,"kept_in":"log.torn-1"}"#)
        )
        let found = try ChainFixture.verification(folder)
        #expect(found.fault == nil && found.count == 3 && found.tornBytes == 0)
    }

    @Test func `verifying alone changes nothing, and says what is torn`() throws {
        let lines = try ChainFixture.lines(2)
        try write(lines[0] + lines[1].dropLast())
        let found = try ChainFixture.verification(folder)
        #expect(found.count == 1 && found.fault == nil && found.tornBytes == lines[1].count - 1)
        #expect(folder.names == ["log.jsonl"])
    }

    @Test func `a chain that does not hold is set aside, and a new one says so`() throws {
        let lines = try ChainFixture.lines(3)
        try write(lines[0] + lines[2])
        let log = try ChainFixture.log(folder, id: "second")
        #expect(
            log.mended == [
                .brokenChain(
                    ChainFault(.unlinked, line: 2, expected: 2), file: "log.jsonl", keptIn: "log.broken-1")
            ])
        #expect(log.head.id == "second" && log.head.sequence == 1)
        #expect(try text().contains(#""reason":"unlinked","file":"log.jsonl","line":2"#))
        let kept = try Data(contentsOf: URL(fileURLWithPath: folder.file("log.broken-1/log.jsonl")))
        #expect(Array(kept) == lines[0] + lines[2])
        #expect(try ChainFixture.verification(folder).fault == nil)
    }

    @Test func `a line that is cut off behind a recorded head is missed`() throws {
        let log = try ChainFixture.log(folder)
        try log.append([ChainFixture.entry(1), ChainFixture.entry(2)])
        try log.recordHead()
        let whole = Array(try text().utf8)
        try write(Array(whole.prefix { $0 != 10 }) + [10])
        let fault = try #require(try ChainFixture.verification(folder).fault)
        #expect(fault.fault == ChainFault(.truncated, line: 1, expected: 2))
        try FileManager.default.removeItem(atPath: folder.file("log.jsonl"))
        #expect(try ChainFixture.verification(folder).fault?.fault.reason == .truncated)
    }

    @Test func `another file goes on the same chain`() throws {
        let log = try ChainFixture.log(folder)
        try log.rotate()
        #expect(folder.names == ["log.jsonl", "log.lock"])
        try log.append([ChainFixture.entry(1), ChainFixture.entry(2)])
        try log.rotate()
        #expect(log.size == 0)
        try log.append([ChainFixture.entry(3)])
        #expect(
            folder.names == ["log.0000000000000001.jsonl", "log.head", "log.jsonl", "log.lock"])
        let found = try ChainFixture.verification(folder)
        #expect(found.fault == nil && found.count == 3 && found.firstSequence == 1)
    }

    /// As where the lines were sent on and need not be kept.
    @Test(arguments: [true, false])
    func `files that were rotated away may be removed`(endsEmpty: Bool) throws {
        do {
            let log = try ChainFixture.log(folder)
            try log.append([ChainFixture.entry(1), ChainFixture.entry(2)])
            try log.rotate()
            if !endsEmpty { try log.append([ChainFixture.entry(3)]) }
            try FileManager.default.removeItem(atPath: folder.file("log.0000000000000001.jsonl"))
        }
        let log = try ChainFixture.log(folder, id: "never-used")
        #expect(log.mended.isEmpty)
        #expect(log.head.id == "test" && log.head.sequence == (endsEmpty ? 2 : 3))
        try log.append([ChainFixture.entry(4)])
        let found = try ChainFixture.verification(folder)
        #expect(found.fault == nil && found.firstSequence == 3)
    }

    @Test func `a rotation that was killed after its first step loses nothing`() throws {
        do {
            let log = try ChainFixture.log(folder)
            try log.append([ChainFixture.entry(1)])
        }
        try FileManager.default.moveItem(
            atPath: folder.file("log.jsonl"), toPath: folder.file("log.0000000000000001.jsonl"))
        do {
            let log = try ChainFixture.log(folder)
            #expect(log.head.sequence == 1)
        }
        try FileManager.default.removeItem(atPath: folder.file("log.0000000000000001.jsonl"))
        #expect(try ChainFixture.log(folder).head.sequence == 1)
    }

    @Test func `nothing is on the chain of what could not be written`() throws {
        let log = try ChainFixture.log(folder)
        try log.append([ChainFixture.entry(1)])
        #expect(throws: FileError(.write, path: folder.file("log.jsonl"), errno: EINVAL)) {
            try log.append([ChainFixture.entry(2), Array("no entry".utf8)])
        }
        #expect(log.head.sequence == 1)
        try log.append([ChainFixture.entry(2)])
        #expect(try ChainFixture.verification(folder).count == 2)
    }

    @Test func `a symbolic link in the place of the log is refused`() throws {
        try FileManager.default.createSymbolicLink(
            atPath: folder.file("log.jsonl"), withDestinationPath: folder.file("elsewhere"))
        #expect(throws: FileError.self) { try ChainFixture.log(folder) }
        #expect(!folder.names.contains("elsewhere"))
    }
}
