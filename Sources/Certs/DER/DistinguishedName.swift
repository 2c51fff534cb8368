/// A name of X.501, for comparing: case and runs of spaces do not count (RFC 5280 §7.1).
struct DistinguishedName: Sendable, Equatable {
    struct Attribute: Sendable, Hashable {
        var type: OID
        /// The comparable form of a text; the encoding of anything else.
        var value: [UInt8]
    }

    /// Each part is a set of attributes, nearly always of one.
    var parts: [Set<Attribute>]
    /// The common names as they are written.
    var commonNames: [String] = []
    /// The e-mail addresses in it, a form that RFC 5280 only keeps for old certificates.
    var emails: [[UInt8]] = []
    /// Whether some text holds a NUL, by which readers written in C are deceived.
    var holdsNUL = false

    var isEmpty: Bool { parts.isEmpty }

    init(_ element: DERElement) throws(DERFault) {
        guard element.tag == DERTag.sequence || element.tag == DERTag.contextConstructed(4) else {
            throw DERFault()
        }
        parts = []
        for part in try element.children() {
            guard part.tag == DERTag.set else { throw DERFault() }
            let attributes = try part.children()
            guard !attributes.isEmpty else { throw DERFault() }
            var set: Set<Attribute> = []
            for attribute in attributes { set.insert(try take(attribute)) }
            parts.append(set)
        }
    }

    /// Whether it lies in the subtree of the other: begins with all its parts.
    func isWithin(_ other: DistinguishedName) -> Bool { parts.starts(with: other.parts) }

    static func == (left: Self, right: Self) -> Bool { left.parts == right.parts }

    private mutating func take(_ element: DERElement) throws(DERFault) -> Attribute {
        guard element.tag == DERTag.sequence else { throw DERFault() }
        var reader = DERReader(element.content)
        let type = try OID(try reader.next(DERTag.oid))
        let value = try reader.next()
        try reader.requireEnd()
        guard let text = Self.text(of: value) else { return Attribute(type: type, value: Array(value.encoded)) }
        if text.unicodeScalars.contains("\0") { holdsNUL = true }
        if type == .commonName { commonNames.append(text) }
        if type == .emailAddress { emails.append(Array(value.content)) }
        return Attribute(type: type, value: Array(Self.comparable(text).utf8))
    }

    /// The text of the string types that names may have; nil for anything else.
    private static func text(of value: DERElement) -> String? {
        switch value.tag {
        case 0x0C: String(decoding: value.content, as: UTF8.self)
        case 0x12, 0x13, 0x14, 0x16, 0x1A:
            String(String.UnicodeScalarView(value.content.map { Unicode.Scalar($0) }))
        case 0x1E:
            String(
                decoding: stride(from: value.content.startIndex, to: value.content.endIndex - 1, by: 2).map {
                    UInt16(value.content[$0]) << 8 | UInt16(value.content[$0 + 1])
                }, as: UTF16.self)
        default: nil
        }
    }

    private static func comparable(_ text: String) -> String {
        text.lowercased().split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    }
}
