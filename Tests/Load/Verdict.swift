import Secrets

/// What verify found: the ledger held against what is stored.
struct Verdict: Codable, Equatable {
    /// Different writes that the ledger has.
    var acknowledged = 0
    /// Those of them that are stored, once and unchanged.
    var found = 0
    /// Idempotency keys whose note is not there.
    var missing: [String] = []
    /// Texts of notes that are stored more than once.
    var duplicates: [String] = []
    /// Idempotency keys whose note is there with another text.
    var altered: [String] = []

    var isGood: Bool { missing.isEmpty && duplicates.isEmpty && altered.isEmpty }

    init(ledger: [LedgerLine], stored notes: [NotesAPI.Note]) {
        let lines = Dictionary(ledger.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let texts = Dictionary(notes.map { ($0.id, $0.body) }, uniquingKeysWith: { first, _ in first })
        acknowledged = lines.count
        let copies = Dictionary(grouping: texts.filter { $0.value.hasPrefix(Corpus.marker) }, by: \.value)
        duplicates = copies.filter { $0.value.count > 1 }.keys.sorted()
        for line in lines.values.sorted(by: { $0.key < $1.key }) {
            guard let text = texts[line.noteID] else {
                missing.append(line.key)
                continue
            }
            let isSame = Digest.sha256Hex(Array(text.utf8)) == line.textHash
            if !isSame { altered.append(line.key) }
            if isSame && copies[text]?.count == 1 { found += 1 }
        }
        // A second id under one key: each was acknowledged, so the key was carried out twice.
        for line in ledger where lines[line.key]?.noteID != line.noteID { duplicates.append(line.key) }
    }
}
