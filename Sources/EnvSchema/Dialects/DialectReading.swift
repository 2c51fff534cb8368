/// What one reader makes of a `.env` file.
package struct DialectReading: Sendable {
    /// Every assignment, in the order of the file; the last of a name counts.
    package internal(set) var entries: [Entry] = []
    /// Why the reader refuses the file; nil where it reads it, at least up to where it stops.
    package internal(set) var failure: Failure?
    private var last: [String: Int] = [:]
    /// How many bytes references may still bring in: a file that doubles a value line by line must not fill the memory.
    private var budget = 1 << 20

    package struct Entry: Sendable, Hashable {
        package var name: String
        package var value: Value
        /// The bytes of the file that it was read from.
        package var range: Range<Int>
    }

    package enum Value: Sendable, Hashable {
        case text(String)
        /// The name is known to the reader, but has no value.
        case none
        /// The reader would run code, or look at a process id, `$0` or HOME, to know it.
        case dependsOnExecution
    }

    package struct Failure: Sendable, Hashable {
        package var reason: Reason
        /// Where in the file.
        package var offset: Int

        package enum Reason: Sendable, Hashable {
            case refused
            /// What follows can only be known by running it.
            case dependsOnExecution
        }
    }

    /// What counts for the name; nil where the reader knows no such variable.
    package subscript(name: String) -> Value? { last[name].map { entries[$0].value } }

    /// Each name with what counts for it.
    package var values: [String: Value] { last.mapValues { entries[$0].value } }

    /// Whether the reading as a whole cannot be known without running something.
    package var dependsOnExecution: Bool {
        failure?.reason == .dependsOnExecution || last.values.contains { entries[$0].value == .dependsOnExecution }
    }

    /// The file cut into what is assigned and what lies between: joined, the ranges are the whole file.
    package func pieces(of count: Int) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        var end = 0
        for entry in entries where entry.range.lowerBound >= end {
            if entry.range.lowerBound > end { pieces.append(end..<entry.range.lowerBound) }
            pieces.append(entry.range)
            end = entry.range.upperBound
        }
        if end < count { pieces.append(end..<count) }
        return pieces
    }

    mutating func assign(_ name: String, _ value: Value, _ range: Range<Int>) {
        last[name] = entries.count
        entries.append(Entry(name: name, value: value, range: range))
    }

    mutating func assign(_ name: some Collection<UInt8>, _ value: some Collection<UInt8>, _ range: Range<Int>) {
        assign(name.text, .text(value.text), range)
    }

    mutating func fail(_ reason: Failure.Reason = .refused, at offset: Int) {
        failure = failure ?? Failure(reason: reason, offset: offset)
    }

    /// The bytes of a value that a reference names; none, and a failure, where all of them together are too many.
    mutating func bringIn(_ text: String, at offset: Int) -> [UInt8] {
        budget -= text.utf8.count
        guard budget >= 0 else {
            fail(at: offset)
            return []
        }
        return Array(text.utf8)
    }

    static func refused(at offset: Int) -> DialectReading {
        var reading = DialectReading()
        reading.fail(at: offset)
        return reading
    }
}
