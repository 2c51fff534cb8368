/// What edits change in a `.env`, as a unified difference (diff(1), `-u0`), with what may be a secret masked.
package struct LineDifference: Sendable {
    private let old: EnvDocument
    private let new: EnvDocument
    private let schema: Schema
    private let hunks: [Hunk]
    /// More are not of use to a person.
    private static let shown = 200

    /// Lines from 1.
    private struct Hunk {
        var old: Range<Int>
        var new: Range<Int>
    }

    package init(_ document: EnvDocument, _ result: Fixer.Result, schema: Schema) {
        old = document
        new = result.document
        self.schema = schema
        hunks = Self.hunks(document, result.edits.flatMap(\.patches))
    }

    /// Empty where nothing changes.
    package func lines(path: String) -> [String] {
        guard !hunks.isEmpty else { return [] }
        let rest = hunks.count > Self.shown ? ["… and \(hunks.count - Self.shown) more"] : []
        return ["--- \(path)", "+++ \(path)"] + hunks.prefix(Self.shown).flatMap(text) + rest
    }

    /// The lines that the patches touch; those next to each other together.
    private static func hunks(_ document: EnvDocument, _ patches: [FileEdit.Patch]) -> [Hunk] {
        var hunks: [Hunk] = []
        var shift = 0
        for patch in patches.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            let first = document.position(of: patch.range.lowerBound).line
            let isAtEnd = patch.range.lowerBound == document.bytes.count && document.endsWithLineFeed
            let last = isAtEnd ? first : document.position(of: patch.range.upperBound).line + 1
            let removed = document.bytes[patch.range].count { $0 == ASCII.lineFeed }
            let growth = patch.bytes.count { $0 == ASCII.lineFeed } - removed
            if let previous = hunks.last, previous.old.upperBound >= first {
                hunks[hunks.count - 1].old = previous.old.lowerBound..<max(previous.old.upperBound, last)
                let end = max(previous.old.upperBound, last) + shift + growth
                hunks[hunks.count - 1].new = previous.new.lowerBound..<end
            } else {
                hunks.append(Hunk(old: first..<last, new: (first + shift)..<(last + shift + growth)))
            }
            shift += growth
        }
        return hunks
    }

    private func text(of hunk: Hunk) -> [String] {
        let head = "@@ -\(hunk.old.lowerBound),\(hunk.old.count) +\(hunk.new.lowerBound),\(hunk.new.count) @@"
        return [head] + hunk.old.map { "-" + text(ofLine: $0, in: old) }
            + hunk.new.map { "+" + text(ofLine: $0, in: new) }
    }

    /// A comment is shown where the template has it, and a setting in it by its name.
    private func text(ofLine line: Int, in document: EnvDocument) -> String {
        guard let range = document.lineRange(line), !range.isEmpty else { return "" }
        let comment = document.bytes[range].text
        if comment.hasPrefix("#") {
            if help.contains(comment) { return comment }
            let setting = comment.utf8.dropFirst().drop(while: \.isBlank)
            let name = setting.prefix { $0 != ASCII.equals }
            let isKnown = schema[name.text] != nil && name.endIndex != setting.endIndex
            return "# " + (isKnown ? name.text + "=" : "") + SourceExcerpt.mask
        }
        return SourceExcerpt(document, .init(line: line, column: 1), schema: schema)?.text ?? ""
    }

    private var help: Set<String> {
        Set(schema.variables.flatMap { $0.help.split(separator: "\n").map { "# \($0)" } })
    }
}

extension EnvDocument {
    fileprivate var endsWithLineFeed: Bool { bytes.last.map { $0 == ASCII.lineFeed } ?? true }
}
