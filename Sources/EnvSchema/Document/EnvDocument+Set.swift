extension EnvDocument {
    /// Sets the variable to the value, which is afterwards what `value(of:)` returns.
    ///
    /// Edits the assignment that counts in its place, with the comment behind it, or appends one. The document must have no
    /// `unterminatedQuote` among its problems: what is appended could close it.
    package mutating func set(_ name: String, to value: String) {
        let written = Quoting.write(value)
        if let assignment = assignment(of: name) {
            guard assignment.value != value || assignment.hasProblem else { return }
            return splice(written, into: assignment.valueRange)
        }
        let newline: [UInt8] = usesCarriageReturns ? [ASCII.carriageReturn, ASCII.lineFeed] : [ASCII.lineFeed]
        var line = Array(name.utf8) + [ASCII.equals] + written + newline
        if let last = bytes.last, last != ASCII.lineFeed { line = newline + line }
        splice(line, into: bytes.count..<bytes.count)
    }

    private var usesCarriageReturns: Bool { problems.contains { $0.code == .carriageReturns } }
}

/// Writing a value so that Docker Compose reads it back, and where possible every other reader too.
enum Quoting {
    static func write(_ value: String) -> [UInt8] {
        let bytes = Array(value.utf8)
        if isPortableUnquoted(bytes) { return bytes }
        if isSafeInSingleQuotes(bytes) { return [ASCII.singleQuote] + bytes + [ASCII.singleQuote] }
        return doubleQuoted(bytes)
    }

    /// The bytes that eight readers of `.env` files agree on without quotes.
    private static func isPortableUnquoted(_ bytes: [UInt8]) -> Bool {
        if let first = bytes.first, "~[{".utf8.contains(first) { return false }
        return bytes.allSatisfy { $0.isAlphanumeric || "!%*+,-./:=?@[]^_{}~".utf8.contains($0) }
    }

    private static func isSafeInSingleQuotes(_ bytes: [UInt8]) -> Bool {
        !bytes.contains { $0 == ASCII.singleQuote || $0 == ASCII.backslash || $0.isControl }
            && !zip(bytes, bytes.dropFirst()).contains { $0 == (ASCII.dollar, ASCII.openBrace) }
    }

    /// The bytes between two quotes, as they are.
    static func quoted(_ bytes: [UInt8], _ quote: UInt8) -> [UInt8] { [quote] + bytes + [quote] }

    private static func doubleQuoted(_ bytes: [UInt8]) -> [UInt8] {
        var result = [ASCII.doubleQuote]
        for byte in bytes {
            switch byte {
            case ASCII.backslash, ASCII.doubleQuote, ASCII.dollar: result += [ASCII.backslash, byte]
            case ASCII.lineFeed: result += [ASCII.backslash, UInt8(ascii: "n")]
            case ASCII.carriageReturn: result += [ASCII.backslash, UInt8(ascii: "r")]
            default: result.append(byte)
            }
        }
        return result + [ASCII.doubleQuote]
    }
}
