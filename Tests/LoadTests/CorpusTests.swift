import Testing

@testable import careload

@Suite struct CorpusTests {
    private let corpus = Corpus(seed: "s", residentCount: 8)

    @Test func `the same seed writes the same notes, another seed others`() {
        let other = Corpus(seed: "t", residentCount: 8)
        #expect(corpus.text(of: 3) == Corpus(seed: "s", residentCount: 8).text(of: 3))
        #expect(corpus.text(of: 3) != other.text(of: 3) && corpus.key(of: 3) != other.key(of: 3))
        #expect(corpus.key(ofResident: 0) != other.key(ofResident: 0))
    }

    @Test func `texts and keys are each their own, and there are as many residents as asked for`() {
        #expect(Set((0..<500).map(corpus.text)).count == 500)
        #expect(Set((0..<500).map { corpus.key(of: $0) }).count == 500)
        #expect(Set((0..<500).map { corpus.resident(of: $0) }) == Set(0..<8))
    }

    @Test func `ids are UUIDs`() {
        for id in (0..<50).map({ corpus.key(of: $0) }) + (0..<8).map({ corpus.key(ofResident: $0) }) {
            let groups = id.split(separator: "-")
            #expect(groups.map(\.count) == [8, 4, 4, 4, 12])
            #expect(groups[2].first == "8" && groups[3].first.map { "89ab".contains($0) } == true)
        }
    }
}
