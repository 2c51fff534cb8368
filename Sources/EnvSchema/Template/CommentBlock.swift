/// The comment lines that stand directly above something.
struct CommentBlock {
    var help: [String] = []
    var decorators: [Entry] = []
    var notes: [Entry] = []
    /// Whether a divider stands above it.
    var opensAfterDivider = false

    var isOnlyText: Bool { decorators.isEmpty && notes.isEmpty }
}

/// What stands behind the `#` of a comment line.
struct CommentLine {
    /// Without white space at both ends.
    var content: Range<Int>

    init?(_ bytes: [UInt8], _ range: Range<Int>) {
        guard let hash = bytes[range].firstIndex(of: ASCII.hash) else { return nil }
        let content = bytes[(hash + 1)..<range.upperBound].trimmed
        self.content = content.startIndex..<content.endIndex
    }

    /// It starts with three or more of one of the characters `-=*#`.
    func isDivider(in bytes: [UInt8]) -> Bool {
        guard content.count >= 3, let first = bytes[content].first, "-=*#".utf8.contains(first) else {
            return false
        }
        return bytes[content].prefix(3).allSatisfy { $0 == first }
    }

    func isDecorated(in bytes: [UInt8]) -> Bool { bytes[content].first == UInt8(ascii: "@") }

    /// The place after `careinit:`; nil where the line is no note.
    func notes(in bytes: [UInt8]) -> Int? {
        let mark = "careinit:".utf8
        return bytes[content].starts(with: mark) ? content.lowerBound + mark.count : nil
    }
}
