/// A place in a text file, as editors and compilers count it.
package struct SourcePosition: Sendable, Hashable, Comparable {
    /// From 1. Lines end with a line feed.
    package var line: Int
    /// From 1, in Unicode scalars; a tab is one column.
    package var column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.line, left.column) < (right.line, right.column)
    }
}
