/// What a user logs in with: an address in ASCII (RFC 5321 §4.1.2, without quotes), in lower case, so that one mailbox is one
/// user.
struct EmailAddress: Equatable, Hashable, Sendable {
    let text: String

    /// RFC 5321 §4.5.3.1, less the angle brackets of a path.
    static let longest = 254
    /// What `init` takes, but for the lengths of its parts.
    static let pattern =
        "^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
        + "@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$"
    private static let longestLocalPart = 64
    private static let atomMarks = Set("!#$%&'*+-/=?^_`{|}~.".utf8)

    /// Nil for what is none.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count <= Self.longest, bytes.allSatisfy({ $0 < 0x80 }),
            let at = bytes.lastIndex(of: UInt8(ascii: "@"))
        else { return nil }
        guard Self.isLocalPart(bytes[..<at]), Self.isDomain(bytes[(at + 1)...]) else { return nil }
        self.text = text.lowercased()
    }

    var localPart: Substring { text.prefix { $0 != "@" } }

    private static func isLocalPart(_ bytes: ArraySlice<UInt8>) -> Bool {
        (1...longestLocalPart).contains(bytes.count)
            && bytes.allSatisfy { isAlphanumeric($0) || atomMarks.contains($0) }
            && bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
                !$0.isEmpty
            }
    }

    private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.count) && label.first != hyphen && label.last != hyphen
                && label.allSatisfy { isAlphanumeric($0) || $0 == hyphen }
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }
}
