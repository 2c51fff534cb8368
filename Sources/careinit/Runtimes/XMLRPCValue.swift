/// A value of an XML-RPC document (xmlrpc.com/spec), as far as supervisord uses them.
indirect enum XMLRPCValue: Sendable, Equatable {
    case integer(Int)
    case boolean(Bool)
    case string(String)
    case array([XMLRPCValue])
    case structure([String: XMLRPCValue])

    var text: String? { if case .string(let value) = self { value } else { nil } }
    var number: Int? { if case .integer(let value) = self { value } else { nil } }
    var elements: [XMLRPCValue]? { if case .array(let value) = self { value } else { nil } }

    subscript(_ name: String) -> XMLRPCValue? {
        if case .structure(let members) = self { members[name] } else { nil }
    }
}

/// What a call came to: its value, or the fault that the server answered with.
enum XMLRPCReply: Sendable, Equatable {
    case value(XMLRPCValue)
    case fault(code: Int, reason: String)
}

/// Why a document is no XML-RPC reply; the offset is in bytes.
struct XMLRPCFormatError: Error, Equatable {
    var offset: Int
    var expected: String
}
