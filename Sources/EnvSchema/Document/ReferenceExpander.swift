/// Replaces `$NAME` and `${NAME…}` by the values of variables that stand further up, by the rules of Docker Compose
/// (<https://docs.docker.com/reference/compose-file/interpolation/>). `$$` is one dollar sign.
struct ReferenceExpander {
    /// How many bytes references may still bring in: a file that doubles a value line by line must not fill the memory.
    private var budget = 1 << 20

    struct Expansion {
        var bytes: [UInt8]
        var problem: FindingCode?
        /// Whether Compose refuses the file for it.
        var isRefused = false
    }

    /// What Compose would make of the text. A reference that cannot be read stays as it is, with all that follows it.
    mutating func expand(_ text: [UInt8], _ values: some ReferencedValues) -> Expansion {
        var run = Run(text: text, values: values, budget: budget)
        let bytes = run.expand()
        budget = run.budget
        return Expansion(bytes: bytes, problem: run.problem, isRefused: run.isRefused)
    }
}

/// The variables that references may name.
protocol ReferencedValues {
    func value(of name: ArraySlice<UInt8>) -> ArraySlice<UInt8>?
}

/// One pass over one value.
private struct Run<Values: ReferencedValues> {
    let text: [UInt8]
    let values: Values
    var budget: Int
    var problem: FindingCode?
    var isRefused = false
    private var cursor = 0
    private static var deepest: Int { 8 }

    init(text: [UInt8], values: Values, budget: Int) {
        self.text = text
        self.values = values
        self.budget = budget
    }

    mutating func expand() -> [UInt8] { expand(depth: 0) }

    /// Up to the end, or within braces (`depth` > 0) up to the brace that closes them.
    private mutating func expand(depth: Int) -> [UInt8] {
        var result: [UInt8] = []
        var openBraces = 0
        while let byte = peek() {
            if byte == ASCII.dollar {
                result += reference(depth: depth)
                continue
            }
            if depth > 0, byte == ASCII.closeBrace {
                if openBraces == 0 { return result }
                openBraces -= 1
            }
            if depth > 0, byte == ASCII.openBrace { openBraces += 1 }
            result.append(byte)
            cursor += 1
        }
        return result
    }

    /// At a dollar sign.
    private mutating func reference(depth: Int) -> [UInt8] {
        switch peek(1) {
        case ASCII.dollar:
            cursor += 2
            return [ASCII.dollar]
        case ASCII.openBrace:
            return bracedReference(depth: depth)
        case let next? where next.startsName:
            cursor += 1
            return value(of: name())
        default:
            cursor += 1
            return [ASCII.dollar]
        }
    }

    private mutating func bracedReference(depth: Int) -> [UInt8] {
        let start = cursor
        cursor += 2
        let name = name()
        guard !name.isEmpty, depth < Self.deepest else { return giveUp(from: start) }
        if peek() == ASCII.closeBrace {
            cursor += 1
            return value(of: name)
        }
        let treatsEmptyAsUnset = peek() == ASCII.colon
        if treatsEmptyAsUnset { cursor += 1 }
        guard let sign = peek(), "-+?".utf8.contains(sign) else { return giveUp(from: start) }
        cursor += 1
        let (problemBefore, wasRefused) = (problem, isRefused)
        let operand = expand(depth: depth + 1)
        guard peek() == ASCII.closeBrace else { return giveUp(from: start) }
        cursor += 1
        let isSet = values.value(of: name).map { !treatsEmptyAsUnset || !$0.isEmpty } ?? false
        // Only an operand that is used may be wrong.
        let isUsed = sign == UInt8(ascii: "+") ? isSet : sign == UInt8(ascii: "-") && !isSet
        problem = isUsed ? problemBefore ?? problem : problemBefore
        isRefused = isUsed ? isRefused : wasRefused
        return choose(sign, name, isSet: isSet, operand)
    }

    private mutating func choose(
        _ sign: UInt8, _ name: ArraySlice<UInt8>, isSet: Bool, _ operand: [UInt8]
    ) -> [UInt8] {
        switch sign {
        case UInt8(ascii: "+"): return isSet ? operand : []
        case UInt8(ascii: "-"): return isSet ? value(of: name) : operand
        default:
            if !isSet {
                problem = problem ?? .undefinedReference
                isRefused = true
            }
            return isSet ? value(of: name) : []
        }
    }

    private mutating func value(of name: ArraySlice<UInt8>) -> [UInt8] {
        guard let value = values.value(of: name) else {
            problem = problem ?? .undefinedReference
            return []
        }
        guard value.count <= budget else {
            problem = .valueTooLong
            return []
        }
        budget -= value.count
        return Array(value)
    }

    private mutating func name() -> ArraySlice<UInt8> {
        let start = cursor
        guard peek()?.startsName == true else { return [] }
        while let byte = peek(), byte.continuesName { cursor += 1 }
        return text[start..<cursor]
    }

    /// Takes the rest as it is written, so that each byte is looked at a bounded number of times.
    private mutating func giveUp(from start: Int) -> [UInt8] {
        problem = .badReference
        isRefused = true
        cursor = text.count
        return Array(text[start...])
    }

    private func peek(_ ahead: Int = 0) -> UInt8? { cursor + ahead < text.count ? text[cursor + ahead] : nil }
}

/// The escape sequences of double-quoted values.
enum Escapes {
    /// Resolves what Compose resolves; `\$` becomes `$$`, which the expansion of references makes one dollar sign.
    static func expand(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var offset = 0
        while offset < text.count {
            if text[offset] == ASCII.backslash, offset + 1 < text.count, let bytes = meaning(of: text[offset + 1])
            {
                result += bytes
                offset += 2
            } else {
                result.append(text[offset])
                offset += 1
            }
        }
        return result
    }

    private static func meaning(of byte: UInt8) -> [UInt8]? {
        switch byte {
        case UInt8(ascii: "a"): [7]
        case UInt8(ascii: "b"): [8]
        case UInt8(ascii: "t"): [9]
        case UInt8(ascii: "n"): [10]
        case UInt8(ascii: "v"): [11]
        case UInt8(ascii: "f"): [12]
        case UInt8(ascii: "r"): [13]
        case ASCII.dollar: [ASCII.dollar, ASCII.dollar]
        case ASCII.backslash, ASCII.doubleQuote: [byte]
        default: nil
        }
    }
}
