import Secrets

/// The place between two rows of a list: what stands before it has been read. It names no organisation, and opens none.
struct PageCursor: Equatable {
    /// As in `Note.createdAt`, or `-infinity`.
    var createdAt: String
    var id: String

    /// Before every row.
    static let start = PageCursor(createdAt: "-infinity", id: "00000000-0000-0000-0000-000000000000")

    private static let timeShape = "dddd-dd-ddTdd:dd:dd.ddddddZ"
    private static let idShape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"

    init(createdAt: String, id: String) {
        self.createdAt = createdAt
        self.id = id
    }

    /// Nil for anything that `text` did not make, as far as its shape tells.
    init?(text: String) {
        guard let bytes = Base64URL.decode(text.utf8) else { return nil }
        let time = bytes.prefix(Self.timeShape.utf8.count)
        let id = bytes.dropFirst(time.count)
        guard Self.matches(time, Self.timeShape), Self.matches(id, Self.idShape) else { return nil }
        let moment = String(decoding: time, as: UTF8.self)
        guard Moment.parse(moment) != nil else { return nil }
        self.init(createdAt: moment, id: String(decoding: id, as: UTF8.self))
    }

    /// What clients get, who need not know what it holds.
    var text: String { Base64URL.encode(Array((createdAt + id).utf8)) }

    /// `d` stands for a digit, `x` for a lower-case hexadecimal digit, anything else for itself.
    private static func matches(_ bytes: some Collection<UInt8>, _ shape: String) -> Bool {
        guard bytes.count == shape.utf8.count else { return false }
        return zip(bytes, shape.utf8).allSatisfy { byte, place in
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            switch place {
            case UInt8(ascii: "d"): return isDigit
            case UInt8(ascii: "x"): return isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            default: return byte == place
            }
        }
    }
}
