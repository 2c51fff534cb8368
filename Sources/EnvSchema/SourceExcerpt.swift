/// The line of a `.env` that a finding is about, fit to be shown: what may be a secret is masked.
package struct SourceExcerpt: Sendable, Equatable {
    /// Such as `REDIS_PASSWORD=********`.
    package var text: String
    /// How many columns stand before the place of the finding, in Unicode scalars.
    package var indent: Int

    static let mask = "********"
    /// A line is shown up to here, in Unicode scalars.
    static let width = 160

    /// - Parameters:
    ///   - document: The file.
    ///   - position: The place of the finding.
    ///   - schema: Says which values may be shown; of all others only the name is.
    package init?(_ document: EnvDocument, _ position: SourcePosition, schema: Schema) {
        guard let line = document.lineRange(position.line), !line.isEmpty else { return nil }
        let written = document.bytes[line]
        let shown = Self.shownLength(document, line, schema)
        var text = written.prefix(shown).text
        let isMasked = shown < written.count
        let column = min(position.column - 1, text.unicodeScalars.count)
        if isMasked { text += Self.mask }
        self.text = PrintableText.make(text, width: Self.width)
        indent = min(column, Self.width)
    }

    /// How many bytes of the line hold no secret for certain.
    private static func shownLength(_ document: EnvDocument, _ line: Range<Int>, _ schema: Schema) -> Int {
        guard let item = document.item(at: line.lowerBound) else { return 0 }
        switch item.kind {
        case .assignment(let index):
            let assignment = document.assignments[index]
            guard item.range.lowerBound == line.lowerBound, VariableName.showable(assignment.name) != nil else {
                return 0
            }
            let isOneLine = assignment.valueRange.upperBound <= line.upperBound
            let start = min(assignment.valueRange.lowerBound, line.upperBound)
            // The value as it is read, and all that is written: quotes may hide one from the other, and a comment may follow.
            let mayShow = [assignment.value, document.bytes[start..<line.upperBound].text]
                .allSatisfy { schema.mayShow($0, of: assignment.name) }
            return isOneLine && mayShow ? line.count : start - line.lowerBound
        case .blank: return line.count
        case .byteOrderMark, .comment, .unreadable: return 0
        }
    }
}
