import Secrets
import Testing

@testable import careload

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct LedgerLineTests {
    private static let hash = Digest.sha256Hex([])
    private let line = LedgerLine(
        key: "k", noteID: "n", resident: "r", textHash: hash, time: 1_795_439_405_000_001)

    @Test func `a line is read as it was written`() {
        #expect(LedgerLine(parsing: line.text[...]) == line)
        #expect(LedgerLine.parse("\(line.text)\n\(line.text)\n") == .success([line, line]))
        #expect(LedgerLine.parse("") == .success([]))
    }

    @Test(arguments: [
        "x", "k n r \(hash)", "k n r \(hash) now", "k n r abc 1", "k  r \(hash) 1", "k n r \(hash) 1 2",
    ])
    func `a line that is none is named by its number`(text: String) {
        #expect(LedgerLine.parse("\(line.text)\n\(text)\n") == .failure(.init(number: 2)))
    }

    @Test func `each line is in the file as soon as it is appended, after what was there`() throws {
        let path = "/tmp/careload-ledger-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        defer { unlink(path) }
        for count in 1...3 {
            let file = try LedgerFile(appendingTo: path)
            try file.append(line)
            #expect(LedgerLine.parse(try TextFile.read(path)) == .success(Array(repeating: line, count: count)))
        }
    }

    @Test func `a ledger that cannot be written is an error before anything is sent`() {
        #expect(throws: LoadFailure.self) { try LedgerFile(appendingTo: "/nonexistent/ledger") }
    }
}
