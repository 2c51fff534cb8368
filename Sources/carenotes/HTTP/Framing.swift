#if canImport(Glibc)
    import Glibc
#endif

/// How long a request says that its body is (RFC 9112 §6).
///
/// Whoever could read the end of a request at two places might be made to answer one that hides behind it, so that whatever is
/// not said exactly once, and exactly as the RFC has it, is refused, and the connection closed.
struct Framing: Equatable {
    /// The bytes of the body; nil where the request announced none.
    private(set) var announcedLength: UInt64?
    private(set) var isChunked = false
    private(set) var isAmbiguous = false

    /// Takes one header field into account.
    mutating func note(_ name: UnsafePointer<CChar>, _ value: UnsafePointer<CChar>?) {
        if strcasecmp(name, "Content-Length") == 0 {
            isAmbiguous = isAmbiguous || isChunked || announcedLength != nil || !Self.isNumber(value)
            announcedLength = value.flatMap { UInt64(String(cString: $0)) } ?? .max
        } else if strcasecmp(name, "Transfer-Encoding") == 0 {
            let isKnown = value.map { strcasecmp($0, "chunked") == 0 } ?? false
            isAmbiguous = isAmbiguous || isChunked || announcedLength != nil || !isKnown
            isChunked = true
        } else if !Self.isToken(name) {
            isAmbiguous = true
        }
    }

    /// RFC 9110 §8.6: digits, and nothing else.
    private static func isNumber(_ text: UnsafePointer<CChar>?) -> Bool {
        guard let text, text.pointee != 0 else { return false }
        return strspn(text, "0123456789") == strlen(text)
    }

    /// RFC 9110 §5.1: no space, no control character and no delimiter.
    private static func isToken(_ text: UnsafePointer<CChar>) -> Bool {
        let length = strcspn(text, " \t\"(),/:;<=>?@[\\]{}\r\n\u{0B}\u{0C}\u{7F}")
        return length > 0 && length == strlen(text)
    }
}
