/// What a note is about, such as `medication`: it lies in the database in clear, so that it can be searched for, and is
/// a plain word so that no name or sentence gets there.
enum Tag {
    static let most = 10
    static let lengths = 1...32
    /// What `parse` takes.
    static let pattern = "^[a-z0-9-]+$"
    static let wanted =
        "must be of \(lengths.lowerBound) to \(lengths.upperBound) lower-case letters, digits and hyphens"

    /// Nil for what is no tag.
    static func parse(_ text: String) -> String? {
        let isPlain = text.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
        }
        return isPlain && lengths.contains(text.utf8.count) ? text : nil
    }
}
