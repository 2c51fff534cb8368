/// The first place at which a chain does not hold.
package struct ChainFault: Error, Sendable, Equatable {
    package enum Reason: String, Sendable, CaseIterable {
        /// It is not spelt as a line.
        case malformed
        /// Its hash is not that of its contents: it was changed.
        case changed
        /// It does not follow from the line before: one was taken out, put in or moved.
        case unlinked
        /// It belongs to another chain.
        case otherChain = "other-chain"
        /// The chain ends before a head that was recorded elsewhere, or goes on otherwise there.
        case truncated
        /// A file that others follow ends within a line.
        case torn
    }

    package var reason: Reason
    /// Of the file, from 1; for `truncated`, the number of its last line.
    package var line: Int
    /// The sequence number that should stand there.
    package var expected: Int64

    package init(_ reason: Reason, line: Int, expected: Int64) {
        self.reason = reason
        self.line = line
        self.expected = expected
    }

    /// For people; never what the line holds.
    package var text: String {
        switch reason {
        case .malformed: "it is not a line of a chain"
        case .changed: "it was changed after it was written: its hash is not that of its contents"
        case .unlinked: "it does not follow from the line before; number \(expected) should stand there"
        case .otherChain: "it belongs to another chain"
        case .truncated: "the chain should go on to number \(expected), as was recorded elsewhere, and does not"
        case .torn: "the file ends within this line, while others follow it"
        }
    }
}
