/// The name of a request in logs and replies.
enum RequestID {
    static let header = "X-Request-Id"
    static let fieldName: StaticString = "X-Request-Id"

    /// 1 to 64 letters, digits, dots, underscores or hyphens: nothing that could forge a line of the log.
    static func isValid(_ text: some Collection<UInt8>) -> Bool {
        (1...64).contains(text.count) && text.allSatisfy(isAllowed)
    }

    /// 32 hexadecimal digits, unlike any other.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        let digits = [generator.next(), generator.next()].map { (number: UInt64) in
            let text = String(number, radix: 16)
            return String(repeating: "0", count: 16 - text.utf8.count) + text
        }
        return digits.joined()
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
