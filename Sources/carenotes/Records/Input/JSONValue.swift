/// What a member of a request's body may be.
enum JSONValue: Sendable, Equatable {
    case string(String)
    /// Within ±(2⁵³ − 1), which every JSON reader keeps exact.
    case integer(Int64)
    case boolean(Bool)
    case null
    /// Of strings only: nothing here takes another array.
    case strings([String])
}

/// Why a body is not taken, and at which member where one can be named.
struct JSONFault: Error, Sendable, Equatable {
    var field: String
    var detail: String
}
