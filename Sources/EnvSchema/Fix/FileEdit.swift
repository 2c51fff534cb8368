/// One mistake mended: the bytes that take the place of others. Ranges are those of the file before any edit.
package struct FileEdit: Sendable, Hashable {
    /// What it mends.
    package var code: FindingCode
    /// The variable, where its name may be shown.
    package var variable: String?
    /// Where it begins.
    package var line: Int
    var patches: [Patch]

    struct Patch: Sendable, Hashable {
        var range: Range<Int>
        var bytes: [UInt8]
    }

    /// What it does, in words without a full stop.
    package var summary: String {
        let name = variable ?? "a variable"
        return switch code {
        case .byteOrderMark: "take out the byte order mark"
        case .carriageReturns: "end the lines with LF alone"
        case .colonSeparator: "write = for the colon"
        case .commentAsValue: "put the value in quotes"
        case .duplicateName: "make a comment of \(name), which a later line sets"
        default: "add \(name) from the template"
        }
    }

    /// The bytes with these edits in them. The edits must not overlap.
    static func apply(_ edits: [FileEdit], to bytes: [UInt8]) -> [UInt8] {
        let patches = edits.flatMap(\.patches).sorted {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + patches.reduce(0) { $0 + $1.bytes.count })
        var end = 0
        for patch in patches {
            result += bytes[end..<max(end, patch.range.lowerBound)]
            result += patch.bytes
            end = max(end, patch.range.upperBound)
        }
        return result + bytes[end...]
    }
}
