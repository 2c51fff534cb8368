/// Mends a `.env` file by edits after which each selected reader reads what it read before, and by what is missing from the
/// template. Comments, order and unknown variables stay.
package struct Fixer: Sendable {
    private let readers: [Dialect]
    private let schema: Schema
    /// More edits than that are not tried one by one: each try reads the file anew.
    private static let triesLimit = 200

    package struct Result: Sendable {
        /// In the order of the file; empty where nothing can be mended.
        package var edits: [FileEdit]
        package var document: EnvDocument
    }

    package init(readers: [Dialect], schema: Schema) {
        self.readers = readers
        self.schema = schema
    }

    package func fix(_ document: EnvDocument) -> Result {
        let bytes = document.bytes
        let proposals = EditProposals(document: document, schema: schema)
        // What is appended to a file that a reader refuses could become part of something else.
        let additions = document.refusedAt == nil ? proposals.additions : []
        let edits = accepted(proposals.spelling + additions, of: bytes)
        return Result(edits: edits, document: EnvDocument(parsing: FileEdit.apply(edits, to: bytes)))
    }

    /// Those after which every reader reads the same, and what is added: all of them, or else what is left when each is
    /// tried in turn. One may only be possible after another, so that what is left is tried until none is.
    private func accepted(_ edits: [FileEdit], of bytes: [UInt8]) -> [FileEdit] {
        guard !edits.isEmpty else { return [] }
        let before = readers.map { $0.read(bytes) }
        if areKept(before, by: edits, in: bytes) { return edits }
        var accepted: [FileEdit] = []
        var rest = Array(edits.prefix(Self.triesLimit))
        while true {
            let count = accepted.count
            rest = rest.filter { edit in
                guard areKept(before, by: accepted + [edit], in: bytes) else { return true }
                accepted.append(edit)
                return false
            }
            if accepted.count == count { return accepted }
        }
    }

    private func areKept(_ before: [DialectReading], by edits: [FileEdit], in bytes: [UInt8]) -> Bool {
        let after = FileEdit.apply(edits, to: bytes)
        let added = added(edits)
        return zip(readers, before).allSatisfy { reader, reading in
            reading.isExtended(by: added, in: reader.read(after))
        }
    }

    /// What the additions set.
    private func added(_ edits: [FileEdit]) -> [String: String] {
        let pairs = edits.filter { $0.code == .missingRequired }.compactMap { edit in
            edit.variable.flatMap { schema[$0] }.map { ($0.name, $0.isSecret ? "" : $0.defaultValue ?? "") }
        }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}

extension DialectReading {
    /// Whether the other reading tells the same and these values besides.
    fileprivate func isExtended(by added: [String: String], in other: DialectReading) -> Bool {
        guard failure?.reason == other.failure?.reason else { return false }
        let expected = values.merging(added.mapValues { .text($0) }) { present, _ in present }
        return expected == other.values
    }
}
