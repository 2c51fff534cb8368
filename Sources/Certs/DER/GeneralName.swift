/// One name of a subjectAltName or of name constraints (RFC 5280 §4.2.1.6).
enum GeneralName: Sendable, Equatable {
    case email([UInt8])
    case dns([UInt8])
    case directory(DistinguishedName)
    case uri([UInt8])
    case address([UInt8])
    /// Any other kind, by its number; this program does not look into it.
    case other(kind: UInt8)

    /// The number of its kind, by which constraints and names find each other.
    var kind: UInt8 {
        switch self {
        case .email: 1
        case .dns: 2
        case .directory: 4
        case .uri: 6
        case .address: 7
        case .other(let kind): kind
        }
    }

    init(_ element: DERElement) throws(DERFault) {
        switch element.tag {
        case DERTag.context(1): self = .email(try Self.text(element))
        case DERTag.context(2): self = .dns(try Self.text(element))
        case DERTag.context(6): self = .uri(try Self.text(element))
        case DERTag.context(7): self = .address(Array(element.content))
        case DERTag.contextConstructed(4):
            self = .directory(try DistinguishedName(try DERReader.single(element.content, DERTag.sequence)))
        case DERTag.contextConstructed(0), DERTag.contextConstructed(3), DERTag.contextConstructed(5),
            DERTag.context(8):
            self = .other(kind: element.tag & 0x1F)
        default: throw DERFault()
        }
    }

    /// IA5String is ASCII; what is not, is told by the rules about names and not as damage.
    private static func text(_ element: DERElement) throws(DERFault) -> [UInt8] { Array(element.content) }

    /// A sequence of names; at least one.
    static func list(_ bytes: ArraySlice<UInt8>) throws(DERFault) -> [GeneralName] {
        var names: [GeneralName] = []
        for element in try DERReader.single(bytes, DERTag.sequence).children() { names.append(try Self(element)) }
        return names
    }

    /// For people: what is no visible ASCII is escaped.
    var description: String {
        switch self {
        case .email(let text), .dns(let text), .uri(let text): Self.printable(text)
        case .directory: "a directory name"
        case .address(let bytes): Self.addressText(bytes) ?? "an address of \(bytes.count) octets"
        case .other(let kind): "a name of kind \(kind)"
        }
    }

    /// A name may hold anything, a NUL included, by which older readers were deceived: what is no visible ASCII is escaped.
    static func printable(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            (0x21...0x7E).contains(byte) ? String(Unicode.Scalar(byte)) : "\\x" + String(byte, radix: 16)
        }.joined()
    }

    /// `192.0.2.1` or `2001:db8::1`; nil for another number of octets.
    static func addressText(_ bytes: [UInt8]) -> String? {
        switch bytes.count {
        case 4: bytes.map(String.init).joined(separator: ".")
        case 16:
            CertificateName.normalisedAddress(
                stride(from: 0, to: 16, by: 2).map { index in
                    String(UInt16(bytes[index]) << 8 | UInt16(bytes[index + 1]), radix: 16)
                }.joined(separator: ":"))
        default: nil
        }
    }
}
