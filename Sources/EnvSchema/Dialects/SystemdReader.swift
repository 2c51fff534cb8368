/// systemd's `EnvironmentFile=`: the states of `parse_env_file_internal` in its env-file.c.
struct SystemdReader {
    private enum State {
        case beforeName, name, beforeValue, value, escape, singleQuotes, doubleQuotes, escapeInDoubleQuotes,
            comment,
            escapeInComment
    }

    private var state = State.beforeName
    private var name: [UInt8] = []
    private var value: [UInt8] = []
    /// How much of the value counts when it ends here: trailing white space that was not quoted does not.
    private var significant = 0
    private var start = 0
    private var reading = DialectReading()

    static func read(_ bytes: [UInt8]) -> DialectReading {
        var reader = SystemdReader()
        for (offset, byte) in bytes.enumerated() {
            guard byte != 0 else { break }
            reader.take(byte, at: offset)
        }
        reader.end(at: bytes.count)
        return reader.reading
    }

    private mutating func take(_ byte: UInt8, at offset: Int) {
        switch state {
        case .beforeName: beforeName(byte, at: offset)
        case .name: inName(byte)
        case .beforeValue: beforeValue(byte, at: offset)
        case .value: inValue(byte, at: offset)
        case .escape:
            state = .value
            if !Self.isNewline(byte) { append(byte) }
        case .singleQuotes: if byte == ASCII.singleQuote { state = .beforeValue } else { append(byte) }
        case .doubleQuotes: inDoubleQuotes(byte)
        case .escapeInDoubleQuotes: escaped(byte)
        case .comment:
            if byte == ASCII.backslash { state = .escapeInComment }
            if Self.isNewline(byte) { state = .beforeName }
        case .escapeInComment: state = .comment
        }
    }

    private mutating func beforeName(_ byte: UInt8, at offset: Int) {
        if byte == ASCII.hash || byte == UInt8(ascii: ";") {
            state = .comment
        } else if !Self.isWhitespace(byte) {
            state = .name
            start = offset
            name = [byte]
        }
    }

    private mutating func inName(_ byte: UInt8) {
        if Self.isNewline(byte) {
            state = .beforeName
        } else if byte == ASCII.equals {
            state = .beforeValue
            value = []
            significant = 0
        } else {
            name.append(byte)
        }
    }

    private mutating func beforeValue(_ byte: UInt8, at offset: Int) {
        switch byte {
        case _ where Self.isNewline(byte): assign(upTo: offset)
        case ASCII.singleQuote: state = .singleQuotes
        case ASCII.doubleQuote: state = .doubleQuotes
        case ASCII.backslash: state = .escape
        case _ where Self.isWhitespace(byte): break
        default:
            state = .value
            append(byte)
        }
    }

    private mutating func inValue(_ byte: UInt8, at offset: Int) {
        if Self.isNewline(byte) {
            value.removeSubrange(significant...)
            assign(upTo: offset)
        } else if byte == ASCII.backslash {
            state = .escape
            significant = value.count
        } else {
            value.append(byte)
            if !Self.isWhitespace(byte) { significant = value.count }
        }
    }

    private mutating func inDoubleQuotes(_ byte: UInt8) {
        switch byte {
        case ASCII.doubleQuote: state = .beforeValue
        case ASCII.backslash: state = .escapeInDoubleQuotes
        default: append(byte)
        }
    }

    private mutating func escaped(_ byte: UInt8) {
        state = .doubleQuotes
        if "\"\\`$".utf8.contains(byte) {
            append(byte)
        } else if byte != ASCII.lineFeed {
            append(ASCII.backslash)
            append(byte)
        }
    }

    private mutating func append(_ byte: UInt8) {
        value.append(byte)
        significant = value.count
    }

    private mutating func assign(upTo end: Int) {
        state = .beforeName
        while let last = name.last, Self.isWhitespace(last) { name.removeLast() }
        guard String(validating: name, as: UTF8.self) != nil, String(validating: value, as: UTF8.self) != nil
        else {
            return reading.fail(at: start)
        }
        reading.assign(name, value, start..<end)
    }

    private mutating func end(at end: Int) {
        switch state {
        case .beforeName, .name, .comment, .escapeInComment: break
        case .value:
            value.removeSubrange(significant...)
            assign(upTo: end)
        default: assign(upTo: end)
        }
    }

    private static func isNewline(_ byte: UInt8) -> Bool { byte == ASCII.lineFeed || byte == ASCII.carriageReturn }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == ASCII.space || byte == ASCII.tab || isNewline(byte)
    }
}
