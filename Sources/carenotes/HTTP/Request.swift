#if canImport(Glibc)
    import Glibc
#endif

/// One request, whole and checked for its form, as a value.
struct Request: Sendable {
    var method: Method
    var route: Route
    /// What the client or the proxy calls the request, or a new name for it.
    var id: String
    /// The other end of the connection, in network order; nil where it is not known.
    var peer: in_addr?
    var trace = TraceContext(traceparent: [])
    /// By when it is answered, or given up.
    var deadline = Deadline(in: RequestDeadline.limit)
    /// What stands for `{id}` in the path, not decoded.
    var parameter: String?
    var headers = FieldList()
    /// The arguments of the query, not decoded.
    var query = FieldList()
    var body: [UInt8] = []
    /// Who asks, where the token was looked at already and is valid.
    var identity: Identity?
}

/// Header fields or query arguments in the order they came.
struct FieldList: Sendable {
    private(set) var fields: [(name: String, value: String)] = []

    mutating func append(_ name: String, _ value: String) { fields.append((name, value)) }

    /// The values of a header field; names are compared without regard to case.
    func values(_ name: String) -> [String] {
        fields.filter { Self.isEqual($0.name, name) }.map(\.value)
    }

    /// The value of a header field that stands once; nil where it is missing or stands several times.
    func single(_ name: String) -> String? {
        let values = values(name)
        return values.count == 1 ? values[0] : nil
    }

    /// ASCII only: nothing else may stand in a name.
    private static func isEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count
            && zip(left.utf8, right.utf8).allSatisfy { lowercase($0) == lowercase($1) }
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
