import Secrets
import TestSupport
import Testing

@Suite struct ChainReadingTests {
    private func fault(_ bytes: [UInt8], recorded: [HashChain] = []) -> ChainFault? {
        var reading = ChainReading(recorded: recorded)
        do throws(ChainFault) {
            _ = try reading.read(bytes)
            try reading.finish(lastLine: 9)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a whole chain holds, also in several files`() throws {
        let lines = try ChainFixture.lines(6)
        var reading = ChainReading()
        #expect(try reading.read(lines[..<2].flatMap { $0 }).isEmpty)
        #expect(try reading.read(lines[2...].flatMap { $0 }).isEmpty)
        #expect(reading.count == 6)
        #expect(reading.head?.sequence == 6)
    }

    @Test func `a line that was changed, taken out, put in or moved is the first that is named`() throws {
        let lines = try ChainFixture.lines(5)
        let other = try ChainFixture.lines(5, id: "other")
        var changed = lines
        changed[2] = Array(
            String(decoding: lines[2], as: UTF8.self).replacing("\"number\":3", with: "\"number\":4").utf8)
        let cases: [([[UInt8]], ChainFault.Reason, Int)] = [
            (changed, .changed, 3), ([lines[0], lines[2], lines[3]], .unlinked, 2),
            ([lines[0], lines[1], lines[1], lines[2]], .unlinked, 3), ([lines[1], lines[0]], .unlinked, 2),
            ([lines[0], Array("text\n".utf8), lines[1]], .malformed, 2),
            ([lines[0], [10], lines[1]], .malformed, 2),
            ([lines[0], other[1]], .otherChain, 2),
        ]
        for (lines, reason, number) in cases {
            let found = fault(lines.flatMap { $0 })
            #expect(found?.reason == reason)
            #expect(found?.line == number)
        }
    }

    /// Somebody who hashes the rest anew has to know no secret; a head that lies elsewhere gives him away.
    @Test func `a chain that was made anew does not pass through a recorded head`() throws {
        let lines = try ChainFixture.lines(3)
        let second = try #require(ChainLine(lines[1].dropLast()))
        let recorded = try #require(HashChain(id: "test", sequence: 2, hash: second.hash))
        var forged = try #require(HashChain(new: "test"))
        let remade = [9, 2, 3].compactMap { forged.append(ChainFixture.entry($0)) }.flatMap { $0 }
        #expect(fault(remade) == nil)
        #expect(fault(remade, recorded: [recorded])?.reason == .truncated)
        #expect(fault(lines.flatMap { $0 }, recorded: [recorded]) == nil)
        #expect(fault(lines[0], recorded: [recorded]) == ChainFault(.truncated, line: 9, expected: 2))
        #expect(fault([], recorded: [recorded])?.reason == .truncated)
    }

    @Test func `what follows the last line feed is torn, and given back`() throws {
        let lines = try ChainFixture.lines(2)
        for length in 1..<lines[1].count {
            var reading = ChainReading()
            let rest = try reading.read(lines[0] + lines[1].prefix(length))
            #expect(Array(rest) == Array(lines[1].prefix(length)))
            #expect(reading.head?.sequence == 1)
        }
    }

    @Test(arguments: 0..<20) func `no damage to a log goes unseen before its last line`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let lines = try ChainFixture.lines(4)
        let original = lines.flatMap { $0 }
        var chain = ChainReading()
        _ = try chain.read(original)
        let head = try #require(chain.head)
        for _ in 0..<100 {
            let bytes = generator.damaged(original)
            var reading = ChainReading(recorded: [head])
            do throws(ChainFault) {
                let rest = try reading.read(bytes)
                try reading.finish()
                // All four lines are there; something may follow them.
                #expect(reading.count == 4 && bytes == original + rest, "seed \(seed)")
            } catch {
                #expect(bytes != original, "seed \(seed)")
            }
        }
    }
}
