/// One line of a chain:
///
///     {"chain":"ID","sequence":1,"previous":"HASH","entry":{…},"hash":"HASH"}
///
/// in exactly this form, so that the same line has one spelling. The hash is SHA-256 over all bytes of the line before
/// `,"hash"`, as lower-case hexadecimal digits.
package struct ChainLine: Sendable, Equatable {
    package let chain: String
    /// From 1.
    package let sequence: Int64
    /// The hash of the line before.
    package let previous: String
    /// A JSON object, byte for byte as it was added.
    package let entry: [UInt8]
    package let hash: String

    private static let lead = Array(#"{"chain":""#.utf8)
    private static let beforeSequence = Array(#"","sequence":"#.utf8)
    private static let beforePrevious = Array(#","previous":""#.utf8)
    private static let beforeEntry = Array(#"","entry":"#.utf8)
    private static let beforeHash = Array(#","hash":""#.utf8)
    private static let end = Array(#""}"#.utf8)

    init(chain: String, sequence: Int64, previous: String, entry: [UInt8]) {
        self.chain = chain
        self.sequence = sequence
        self.previous = previous
        self.entry = entry
        hash = Digest.sha256Hex(Self.hashed(chain, sequence, previous, entry))
    }

    /// Reads a line without its line feed; nil for anything that is not spelt as above. Whether its hash is right, `isIntact`
    /// says.
    package init?(_ bytes: some Collection<UInt8>) {
        var rest = Array(bytes)[...]
        guard Self.take(&rest, Self.lead), let chain = Self.text(&rest, before: Self.beforeSequence),
            HashChain.isID(chain), let digits = Self.text(&rest, before: Self.beforePrevious),
            let sequence = Int64(digits), sequence > 0, String(sequence) == digits,
            let previous = Self.text(&rest, before: Self.beforeEntry), HashChain.isHash(previous)
        else { return nil }
        guard Self.dropLast(&rest, Self.end), rest.count > 64 else { return nil }
        let hash = String(decoding: rest.suffix(64), as: UTF8.self)
        rest = rest.dropLast(64)
        guard HashChain.isHash(hash), Self.dropLast(&rest, Self.beforeHash), HashChain.isEntry(Array(rest)) else {
            return nil
        }
        self.chain = chain
        self.sequence = sequence
        self.previous = previous
        self.entry = Array(rest)
        self.hash = hash
    }

    /// Whether the hash is that of what stands before it.
    package var isIntact: Bool { Digest.sha256Hex(Self.hashed(chain, sequence, previous, entry)) == hash }

    /// The line without its line feed.
    package var bytes: [UInt8] {
        Self.hashed(chain, sequence, previous, entry) + Self.beforeHash + hash.utf8 + Self.end
    }

    /// A line as it stood where it was written, with its line feed, out of parts that were kept elsewhere: it holds where none of
    /// them was changed.
    package static func bytes(
        chain: String, sequence: Int64, previous: String, entry: [UInt8], hash: String
    ) -> [UInt8] {
        hashed(chain, sequence, previous, entry) + beforeHash + hash.utf8 + end + [UInt8(ascii: "\n")]
    }

    private static func hashed(
        _ chain: String, _ sequence: Int64, _ previous: String, _ entry: [UInt8]
    ) -> [UInt8] {
        lead + chain.utf8 + beforeSequence + String(sequence).utf8 + beforePrevious + previous.utf8 + beforeEntry
            + entry
    }

    private static func take(_ rest: inout ArraySlice<UInt8>, _ mark: [UInt8]) -> Bool {
        guard rest.starts(with: mark) else { return false }
        rest = rest.dropFirst(mark.count)
        return true
    }

    private static func dropLast(_ rest: inout ArraySlice<UInt8>, _ mark: [UInt8]) -> Bool {
        guard rest.suffix(mark.count).elementsEqual(mark) else { return false }
        rest = rest.dropLast(mark.count)
        return true
    }

    /// What stands before the next such mark, whose first byte cannot stand in it.
    private static func text(_ rest: inout ArraySlice<UInt8>, before mark: [UInt8]) -> String? {
        guard let first = mark.first, let place = rest.prefix(80).firstIndex(of: first) else { return nil }
        let text = String(decoding: rest[rest.startIndex..<place], as: UTF8.self)
        rest = rest[place...]
        return take(&rest, mark) ? text : nil
    }
}
