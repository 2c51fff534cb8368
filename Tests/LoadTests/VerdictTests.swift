import Secrets
import Testing

@testable import careload

@Suite struct VerdictTests {
    private let corpus = Corpus(seed: "s", residentCount: 2)

    private func line(_ write: Int, note: String? = nil) -> LedgerLine {
        LedgerLine(
            key: corpus.key(of: write), noteID: note ?? "note-\(write)",
            resident: corpus.key(ofResident: corpus.resident(of: write)),
            textHash: Digest.sha256Hex(Array(corpus.text(of: write).utf8)), time: 0)
    }

    private func note(_ write: Int, id: String? = nil) -> NotesAPI.Note {
        .init(id: id ?? "note-\(write)", body: corpus.text(of: write))
    }

    @Test func `what was acknowledged and is there once is found`() {
        // The third was never acknowledged, and may be there.
        let verdict = Verdict(ledger: [line(0), line(1), line(1)], stored: [note(0), note(1), note(2)])
        #expect(verdict.isGood && verdict.acknowledged == 2 && verdict.found == 2)
    }

    @Test func `a lost note is named by its key`() {
        let verdict = Verdict(ledger: [line(0), line(1)], stored: [note(1)])
        #expect(verdict.missing == [corpus.key(of: 0)] && verdict.found == 1 && !verdict.isGood)
    }

    @Test func `a note that is there twice is named, acknowledged or not`() {
        let verdict = Verdict(
            ledger: [line(0)], stored: [note(0), note(0, id: "twin"), note(5), note(5, id: "another")])
        #expect(verdict.duplicates == [corpus.text(of: 0), corpus.text(of: 5)].sorted() && !verdict.isGood)
        #expect(verdict.found == 0)
    }

    @Test func `the same note listed on two pages is one note`() {
        #expect(Verdict(ledger: [line(0)], stored: [note(0), note(0)]).isGood)
    }

    @Test func `two notes acknowledged under one key are a duplicate`() {
        let verdict = Verdict(ledger: [line(0), line(0, note: "twin")], stored: [note(0)])
        #expect(verdict.duplicates == [corpus.key(of: 0)])
    }

    @Test func `a note with another text is altered`() {
        let verdict = Verdict(ledger: [line(0)], stored: [.init(id: "note-0", body: "something else")])
        #expect(verdict.altered == [corpus.key(of: 0)] && !verdict.isGood)
    }
}
