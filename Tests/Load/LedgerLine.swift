/// One acknowledged write: a promise of the service that verify holds it to.
struct LedgerLine: Equatable, Hashable, Sendable {
    var key: String
    var noteID: String
    var resident: String
    /// SHA-256 of the note's text in UTF-8, in hexadecimal digits.
    var textHash: String
    /// When the reply had come, in microseconds since 1970.
    var time: Int64

    /// Without its line end.
    var text: String { "\(key) \(noteID) \(resident) \(textHash) \(time)" }

    init(key: String, noteID: String, resident: String, textHash: String, time: Int64) {
        self.key = key
        self.noteID = noteID
        self.resident = resident
        self.textHash = textHash
        self.time = time
    }

    init?(parsing line: Substring) {
        let fields = line.split(separator: " ", omittingEmptySubsequences: false).map { String($0) }
        guard fields.count == 5, let time = Int64(fields[4]), fields[3].utf8.count == 64,
            fields.allSatisfy({ !$0.isEmpty })
        else { return nil }
        self.init(key: fields[0], noteID: fields[1], resident: fields[2], textHash: fields[3], time: time)
    }

    /// All lines of a ledger, or the number of the first that is none (from 1).
    static func parse(_ text: String) -> Result<[LedgerLine], BadLine> {
        var lines: [LedgerLine] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty { continue }
            guard let entry = LedgerLine(parsing: line) else { return .failure(BadLine(number: index + 1)) }
            lines.append(entry)
        }
        return .success(lines)
    }

    struct BadLine: Error, Equatable {
        var number: Int
    }
}
