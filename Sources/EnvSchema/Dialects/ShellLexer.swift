/// Cuts a shell script into words and operators, by POSIX' rules for tokens and quotes (XCU 2.2, 2.3).
struct ShellLexer {
    enum Flavor { case dash, bash }

    enum Token: Hashable {
        case word(ShellWord)
        case newline
        /// `;`, `&`, `|`, `&&`, `||`, `(`, `)`, `<`, `>` and their kin.
        case operation(String)
        case end
    }

    /// The shell cannot read the script from here on.
    struct SyntaxError: Error {
        var offset: Int
        /// Whether a shell may take it differently, or only when it runs it.
        var isUncertain = false
    }

    private(set) var cursor: ByteCursor
    let flavor: Flavor
    private var depth = 0
    private static let deepest = 64

    init(_ bytes: [UInt8], _ flavor: Flavor) {
        cursor = ByteCursor(bytes)
        self.flavor = flavor
    }

    mutating func next() throws(SyntaxError) -> Token {
        skipBlanks()
        guard let byte = cursor.peek() else { return .end }
        switch byte {
        case ASCII.lineFeed:
            cursor.offset += 1
            return .newline
        case ASCII.hash:
            cursor.skip { $0 != ASCII.lineFeed }
            return try next()
        case _ where Self.isOperator(byte): return .operation(operation(byte))
        default: return .word(try word())
        }
    }

    private mutating func skipBlanks() {
        while let byte = cursor.peek() {
            if byte == ASCII.backslash, cursor.peek(1) == ASCII.lineFeed {
                cursor.offset += 2
            } else if byte == ASCII.space || byte == ASCII.tab {
                cursor.offset += 1
            } else {
                return
            }
        }
    }

    private static func isOperator(_ byte: UInt8) -> Bool { ";&|()<>".utf8.contains(byte) }

    private mutating func operation(_ byte: UInt8) -> String {
        cursor.offset += 1
        let sign = String(UnicodeScalar(byte))
        // bash's `|&` is a pipe too.
        if flavor == .bash, byte == UInt8(ascii: "|"), cursor.take(UInt8(ascii: "&")) { return sign }
        guard byte != UInt8(ascii: "("), byte != UInt8(ascii: ")"), cursor.take(byte) else { return sign }
        return sign + sign
    }

    // MARK: Words

    private mutating func word() throws(SyntaxError) -> ShellWord {
        var word = ShellWord()
        while let byte = cursor.peek(), byte != ASCII.space, byte != ASCII.tab, byte != ASCII.lineFeed,
            !Self.isOperator(byte)
        {
            try part(byte, into: &word, isOperand: false)
        }
        Self.markTildes(&word)
        return word
    }

    /// One part of a word that is not within double quotes.
    private mutating func part(_ byte: UInt8, into word: inout ShellWord, isOperand: Bool) throws(SyntaxError) {
        switch byte {
        case ASCII.singleQuote: word.append(try singleQuoted(), isQuoted: true)
        case ASCII.doubleQuote: try doubleQuoted(into: &word)
        case ASCII.backslash:
            cursor.offset += 1
            guard let next = cursor.peek() else { return word.append([ASCII.backslash], isQuoted: false) }
            cursor.offset += 1
            if next != ASCII.lineFeed { word.append([next], isQuoted: true) }
        case ASCII.dollar: try dollar(into: &word, isQuoted: false)
        case UInt8(ascii: "`"): try backtick(into: &word)
        default:
            let start = cursor.offset
            cursor.skip { !Self.isSpecial($0) && !(isOperand && $0 == ASCII.closeBrace) }
            if cursor.offset == start { cursor.offset += 1 }
            word.append(cursor.bytes[start..<cursor.offset], isQuoted: false)
        }
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        "'\"\\$` \t\n".utf8.contains(byte) || isOperator(byte)
    }

    private mutating func singleQuoted() throws(SyntaxError) -> ArraySlice<UInt8> {
        let start = cursor.offset + 1
        guard let close = cursor.find(ASCII.singleQuote, from: 1) else { throw SyntaxError(offset: cursor.offset) }
        cursor.offset = close + 1
        return cursor.bytes[start..<close]
    }

    private mutating func doubleQuoted(into word: inout ShellWord) throws(SyntaxError) {
        let start = cursor.offset
        cursor.offset += 1
        word.append([], isQuoted: true)
        while let byte = cursor.peek() {
            if cursor.take(ASCII.doubleQuote) { return }
            try quotedPart(byte, into: &word, isOperand: false)
        }
        throw SyntaxError(offset: start)
    }

    /// One part of a word within double quotes.
    private mutating func quotedPart(
        _ byte: UInt8, into word: inout ShellWord, isOperand: Bool
    ) throws(SyntaxError) {
        switch byte {
        case ASCII.backslash:
            cursor.offset += 1
            guard let next = cursor.peek() else { return word.append([ASCII.backslash], isQuoted: true) }
            cursor.offset += 1
            if next == ASCII.lineFeed { return }
            let isEscape = "$`\"\\".utf8.contains(next) || isOperand && next == ASCII.closeBrace
            word.append(isEscape ? [next] : [ASCII.backslash, next], isQuoted: true)
        case ASCII.dollar: try dollar(into: &word, isQuoted: true)
        case UInt8(ascii: "`"): try backtick(into: &word)
        default:
            cursor.offset += 1
            word.append([byte], isQuoted: true)
        }
    }

    // MARK: References

    private mutating func dollar(into word: inout ShellWord, isQuoted: Bool) throws(SyntaxError) {
        let next = cursor.peek(1)
        switch next {
        case ASCII.openBrace:
            word.parts.append(try braced(isQuoted: isQuoted))
        case UInt8(ascii: "("):
            try skipParentheses()
            word.parts.append(.execution)
        case let byte? where byte.startsName:
            cursor.offset += 1
            word.parts.append(.parameter(.init(name: name())))
        case let byte? where byte.isDigit || "$!?#@*-".utf8.contains(byte):
            cursor.offset += 2
            word.parts.append(.execution)
        case ASCII.singleQuote where flavor == .bash && !isQuoted:
            cursor.offset += 1
            word.append(try ansiQuoted(), isQuoted: true)
        case ASCII.doubleQuote where flavor == .bash && !isQuoted:
            cursor.offset += 1
        default:
            cursor.offset += 1
            word.append([ASCII.dollar], isQuoted: isQuoted)
        }
    }

    private mutating func name() -> String {
        let start = cursor.offset
        cursor.skip(while: \.continuesName)
        return cursor.bytes[start..<cursor.offset].text
    }

    private mutating func braced(isQuoted: Bool) throws(SyntaxError) -> ShellWord.Part {
        let start = cursor.offset
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.deepest else { throw SyntaxError(offset: start) }
        cursor.offset += 2
        var parameter = ShellWord.Parameter(name: "")
        if cursor.peek() == ASCII.hash, cursor.peek(1)?.startsName == true {
            cursor.offset += 1
            parameter.isLength = true
        }
        guard cursor.peek()?.startsName == true else { return try special(from: start, isQuoted) }
        parameter.name = name()
        if cursor.take(ASCII.closeBrace) { return .parameter(parameter) }
        parameter.treatsEmptyAsUnset = cursor.take(ASCII.colon)
        guard !parameter.isLength, let sign = cursor.peek(), "-+?=".utf8.contains(sign) else {
            return try special(from: start, isQuoted)
        }
        cursor.offset += 1
        parameter.sign = sign
        parameter.word = try operand(from: start, isQuoted: isQuoted)
        return .parameter(parameter)
    }

    /// What stands behind the sign, up to the brace that closes it.
    private mutating func operand(from start: Int, isQuoted: Bool) throws(SyntaxError) -> ShellWord {
        var word = ShellWord()
        while let byte = cursor.peek() {
            if cursor.take(ASCII.closeBrace) {
                if !isQuoted { Self.markTildes(&word) }
                return word
            }
            if !isQuoted {
                try part(byte, into: &word, isOperand: true)
            } else if byte == ASCII.doubleQuote {
                try doubleQuoted(into: &word)
            } else {
                try quotedPart(byte, into: &word, isOperand: true)
            }
        }
        throw SyntaxError(offset: start)
    }

    /// Positional parameters, patterns, indirection: what a sensible settings file does not hold.
    private mutating func special(from start: Int, _ isQuoted: Bool) throws(SyntaxError) -> ShellWord.Part {
        do throws(SyntaxError) {
            _ = try operand(from: start, isQuoted: isQuoted)
            return .execution
        } catch {
            throw SyntaxError(offset: start, isUncertain: true)
        }
    }

    private mutating func skipParentheses() throws(SyntaxError) {
        let start = cursor.offset
        cursor.offset += 1
        var open = 0
        while let byte = cursor.peek() {
            switch byte {
            case ASCII.singleQuote: _ = try singleQuoted()
            case ASCII.doubleQuote:
                var ignored = ShellWord()
                try doubleQuoted(into: &ignored)
            case ASCII.backslash: cursor.offset += 2
            default:
                cursor.offset += 1
                if byte == UInt8(ascii: "(") { open += 1 }
                if byte == UInt8(ascii: ")") { open -= 1 }
                if open == 0 { return }
            }
        }
        throw SyntaxError(offset: start, isUncertain: true)
    }

    private mutating func backtick(into word: inout ShellWord) throws(SyntaxError) {
        let start = cursor.offset
        cursor.offset += 1
        while let byte = cursor.peek() {
            cursor.offset += byte == ASCII.backslash ? 2 : 1
            if byte == UInt8(ascii: "`") { return word.parts.append(.execution) }
        }
        throw SyntaxError(offset: start, isUncertain: true)
    }

    /// bash's `$'…'`, at the quote.
    private mutating func ansiQuoted() throws(SyntaxError) -> [UInt8] {
        let start = cursor.offset
        cursor.offset += 1
        var written: [UInt8] = []
        while let byte = cursor.peek() {
            cursor.offset += 1
            if byte == ASCII.singleQuote { return AnsiEscapes.expand(written) }
            written.append(byte)
            if byte == ASCII.backslash, let next = cursor.peek() {
                written.append(next)
                cursor.offset += 1
            }
        }
        throw SyntaxError(offset: start)
    }

    // MARK: Tildes

    /// Unquoted `~` at the start of a value, and behind each colon of it.
    private static func markTildes(_ word: inout ShellWord) {
        var parts: [ShellWord.Part] = []
        var isStart = false
        for (index, part) in word.parts.enumerated() {
            guard case .text(let bytes, false) = part else {
                isStart = false
                parts.append(part)
                continue
            }
            var rest = bytes[...]
            if index == 0, let sign = rest.firstIndex(of: ASCII.equals) {
                parts.append(.text(Array(rest[...sign]), isQuoted: false))
                rest = rest[(sign + 1)...]
                isStart = true
            }
            split(rest, isStart: &isStart, isLast: index == word.parts.count - 1, into: &parts)
        }
        word.parts = parts
    }

    private static func split(
        _ bytes: ArraySlice<UInt8>, isStart: inout Bool, isLast: Bool, into parts: inout [ShellWord.Part]
    ) {
        var rest = bytes
        while !rest.isEmpty {
            if isStart, rest.first == UInt8(ascii: "~") {
                let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == ASCII.colon } ?? rest.endIndex
                // `~"x"` is no tilde prefix: part of it is quoted.
                let isPrefix = end < rest.endIndex || isLast
                parts.append(
                    isPrefix ? .tilde(Array(rest[..<end])) : .text(Array(rest[..<end]), isQuoted: false))
                rest = rest[end...]
            }
            let colon = rest.firstIndex(of: ASCII.colon).map { $0 + 1 } ?? rest.endIndex
            if colon > rest.startIndex { parts.append(.text(Array(rest[..<colon]), isQuoted: false)) }
            isStart = colon > rest.startIndex && rest[colon - 1] == ASCII.colon
            rest = rest[colon...]
        }
    }
}

extension ShellWord {
    fileprivate mutating func append(_ bytes: some Collection<UInt8>, isQuoted: Bool) {
        if case .text(var text, isQuoted) = parts.last {
            // Taken out first: what two hold is copied for each byte.
            parts.removeLast()
            text += bytes
            parts.append(.text(text, isQuoted: isQuoted))
        } else {
            parts.append(.text(Array(bytes), isQuoted: isQuoted))
        }
    }
}
