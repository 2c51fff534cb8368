/// Where a chain of lines stands: each line holds the hash of the one before it, so that none can be changed, taken out or
/// put in between without every later one showing it. Pure: bytes in, bytes out.
///
/// What is cut off at the end shows only to somebody who knows an older head: whoever records heads elsewhere can tell.
package struct HashChain: Sendable, Equatable {
    /// What tells chains apart: 1 to 64 lower-case letters, digits and hyphens.
    package let id: String
    /// Of the last line; 0 before the first.
    package private(set) var sequence: Int64
    /// Of the last line, 64 hexadecimal digits; `origin` before the first.
    package private(set) var hash: String

    /// What stands in the place of the hash before the first line.
    package static let origin = String(repeating: "0", count: 64)
    /// The longest entry, in bytes.
    package static let entryLimit = 64 * 1024

    /// A chain that has no line yet; nil where the id is none.
    package init?(new id: String) { self.init(id: id, sequence: 0, hash: Self.origin) }

    /// A chain that goes on behind a line that is known; nil where that cannot be.
    package init?(id: String, sequence: Int64, hash: String) {
        guard Self.isID(id), sequence >= 0, Self.isHash(hash) else { return nil }
        self.id = id
        self.sequence = sequence
        self.hash = hash
    }

    init(_ line: ChainLine) {
        id = line.chain
        sequence = line.sequence
        hash = line.hash
    }

    /// Adds an entry.
    ///
    /// - Parameter entry: One JSON object on one line (RFC 8259), without control characters.
    /// - Returns: The line with its line feed; nil, and no change, where the entry is no such object or too long.
    package mutating func append(_ entry: [UInt8]) -> [UInt8]? {
        guard Self.isEntry(entry), sequence < .max else { return nil }
        let line = ChainLine(chain: id, sequence: sequence + 1, previous: hash, entry: entry)
        self = HashChain(line)
        return line.bytes + [UInt8(ascii: "\n")]
    }

    static func isID(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
            }
    }

    static func isHash(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }

    /// The chain takes an object for what it is by its ends; what is in it, its reader judges.
    static func isEntry(_ bytes: [UInt8]) -> Bool {
        bytes.count <= entryLimit && bytes.first == UInt8(ascii: "{") && bytes.last == UInt8(ascii: "}")
            && bytes.allSatisfy { $0 >= 0x20 } && String(validating: bytes, as: UTF8.self) != nil
    }
}
