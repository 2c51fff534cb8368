/// One thing that is wrong with a field of the body, a parameter of the query or a header field.
struct FieldFault: Sendable, Equatable {
    /// Its name; "(body)" for the body as a whole. A name that a client made up stands here only where it is harmless.
    var field: String
    /// What must be, never what was.
    var detail: String

    init(_ field: String, _ detail: String) {
        self.field = Self.isHarmless(field) ? field : "(unnamed)"
        self.detail = detail
    }

    static func write(_ faults: [FieldFault], to json: inout JSONWriter) {
        json.name("errors")
        json.array { json in
            for fault in faults {
                json.object { json in
                    json.member("field", fault.field)
                    json.member("detail", fault.detail)
                }
            }
        }
    }

    private static func isHarmless(_ name: String) -> Bool {
        name == "(body)"
            || (1...40).contains(name.utf8.count)
                && name.utf8.allSatisfy { byte in
                    let letter = byte | 0x20
                    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) || byte == UInt8(ascii: "_")
                        || byte == UInt8(ascii: "-")
                }
    }
}
