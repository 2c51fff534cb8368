/// The gem dotenv: the regular expressions of its parser.rb and substitutions, by hand.
struct RubyDotenvReader {
    /// The file with line feeds for all line ends.
    private let content: [UInt8]
    /// Where each byte of `content` stands in the file.
    private let origins: [Int]
    private let environment: [String: String]
    private var reading = DialectReading()

    static func read(_ bytes: [UInt8], environment: [String: String]) -> DialectReading {
        guard String(validating: bytes, as: UTF8.self) != nil else { return .refused(at: 0) }
        var reader = RubyDotenvReader(bytes, environment)
        reader.run()
        return reader.reading
    }

    private init(_ bytes: [UInt8], _ environment: [String: String]) {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let kept = (start..<bytes.count).filter {
            bytes[$0] != ASCII.lineFeed || $0 == start || bytes[$0 - 1] != ASCII.carriageReturn
        }
        content = kept.map { bytes[$0] == ASCII.carriageReturn ? ASCII.lineFeed : bytes[$0] }
        origins = kept + [bytes.count]
        self.environment = environment
    }

    private mutating func run() {
        var offset = 0
        while offset < content.count, reading.failure == nil {
            let start = skipSpace(from: offset)
            guard let match = match(at: start) else {
                offset = lineEnd(from: start) + 1
                continue
            }
            assign(match, from: start)
            offset = max(match.end, start + 1)
            // The next one has to start a line.
            if content[offset - 1] != ASCII.lineFeed { offset = lineEnd(from: offset) + 1 }
        }
    }

    // MARK: Lines

    private struct Match {
        var name: Range<Int>
        /// nil where nothing stands behind the separator, or there is none.
        var value: Range<Int>?
        var isExported = false
        var end: Int
    }

    private func match(at start: Int) -> Match? {
        if content[start...].starts(with: "export".utf8) {
            let after = skipSpace(from: start + 6)
            if after > start + 6, var match = assignment(at: after) {
                match.isExported = true
                return match
            }
        }
        return assignment(at: start)
    }

    private func assignment(at start: Int) -> Match? {
        var end = start
        while end < content.count, content[end].continuesName || content[end] == UInt8(ascii: ".") { end += 1 }
        guard end > start else { return nil }
        let name = start..<end
        guard let separator = separatorEnd(from: end) else {
            return tail(from: end).map { Match(name: name, end: $0) }
        }
        for quote in [ASCII.singleQuote, ASCII.doubleQuote] {
            if let (close, end) = quoted(quote, from: separator) {
                return Match(name: name, value: separator..<close, end: end)
            }
        }
        var stop = separator
        while stop < content.count, content[stop] != ASCII.hash, content[stop] != ASCII.lineFeed { stop += 1 }
        guard let end = tail(from: stop) else { return nil }
        return Match(name: name, value: stop > separator ? separator..<stop : nil, end: end)
    }

    /// Behind `=`, with white space before it, or behind a colon and one white space.
    private func separatorEnd(from end: Int) -> Int? {
        let sign = skipSpace(from: end)
        if sign < content.count, content[sign] == ASCII.equals { return sign + 1 }
        guard end + 1 < content.count, content[end] == ASCII.colon, content[end + 1].isWhitespace else {
            return nil
        }
        return end + 2
    }

    /// A quoted value with nothing but a comment behind it: where it ends, and where the line does.
    private func quoted(_ quote: UInt8, from start: Int) -> (close: Int, end: Int)? {
        let open = skipSpace(from: start)
        guard open < content.count, content[open] == quote else { return nil }
        var candidates: [Int] = []
        var index = open + 1
        while index < content.count {
            if content[index] == quote {
                candidates.append(index)
                break
            }
            if content[index] == ASCII.backslash, index + 1 < content.count, content[index + 1] == quote {
                index += 1
                candidates.append(index)
            }
            index += 1
        }
        // The regular expression takes as much as it can, and gives back step by step.
        for close in candidates.reversed() {
            if let end = tail(from: close + 1) { return (close + 1, end) }
        }
        return nil
    }

    /// White space and a comment up to the end of a line; nil where something else follows.
    private func tail(from start: Int) -> Int? {
        let end = skipSpace(from: start)
        guard end < content.count else { return end }
        if content[end] == ASCII.hash { return lineEnd(from: end) }
        return content[start..<end].lastIndex(of: ASCII.lineFeed)
    }

    private func skipSpace(from start: Int) -> Int {
        var index = start
        while index < content.count, content[index].isWhitespace { index += 1 }
        return index
    }

    private func lineEnd(from start: Int) -> Int {
        start < content.count ? content[start...].firstIndex(of: ASCII.lineFeed) ?? content.count : content.count
    }

    // MARK: Values

    private mutating func assign(_ match: Match, from start: Int) {
        let name = content[match.name].text
        let range = origins[start]..<origins[match.value?.upperBound ?? match.name.upperBound]
        if let known = environment[name], name != Self.lineBreakMode {
            return reading.assign(name, .text(known), range)
        }
        if match.isExported, match.value == nil {
            // `export NAME` of a name that has no value is an error of the whole file.
            if reading[name] == nil { reading.fail(at: origins[start]) }
            return
        }
        reading.assign(name, value(match.value.map { content[$0] } ?? [], at: range.lowerBound), range)
    }

    private static let lineBreakMode = "DOTENV_LINEBREAK_MODE"

    private mutating func value(_ written: ArraySlice<UInt8>, at offset: Int) -> DialectReading.Value {
        var value = Array(Self.stripped(written))
        var quote: UInt8?
        if let first = value.first, first == ASCII.singleQuote || first == ASCII.doubleQuote, value.count > 1,
            value.last == first
        {
            quote = first
            value = Array(value.dropFirst().dropLast())
        }
        if quote == ASCII.singleQuote { return .text(value.text) }
        if quote == ASCII.doubleQuote { value = expandNewlines(value) }
        value = Self.unescape(value)
        if Self.runsCode(value) { return .dependsOnExecution }
        return .text(substitute(value, at: offset).text)
    }

    /// Both characters of `\n` survive the step that follows, unless the old way is asked for.
    private func expandNewlines(_ value: [UInt8]) -> [UInt8] {
        let isLegacy =
            (reading[Self.lineBreakMode] ?? environment[Self.lineBreakMode].map { .text($0) }) == .text("legacy")
        var result: [UInt8] = []
        var index = 0
        while index < value.count {
            let next = index + 1 < value.count ? value[index + 1] : 0
            guard value[index] == ASCII.backslash, next == UInt8(ascii: "n") || next == UInt8(ascii: "r") else {
                result.append(value[index])
                index += 1
                continue
            }
            let end = next == UInt8(ascii: "n") ? ASCII.lineFeed : ASCII.carriageReturn
            result += isLegacy ? [end] : [ASCII.backslash, ASCII.backslash, next]
            index += 2
        }
        return result
    }

    /// Drops each backslash but the one before a dollar sign.
    private static func unescape(_ value: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < value.count {
            if value[index] == ASCII.backslash, index + 1 < value.count, value[index + 1] != ASCII.dollar {
                index += 1
            }
            result.append(value[index])
            index += 1
        }
        return result
    }

    /// `$(…)` runs a command. Backticks and `$$` do so in the shells for which such files are written.
    private static func runsCode(_ value: [UInt8]) -> Bool {
        let close = value.lastIndex(of: UInt8(ascii: ")")) ?? -1
        for (index, byte) in value.enumerated() {
            if byte == UInt8(ascii: "`") { return true }
            guard byte == ASCII.dollar, index + 1 < value.count, index == 0 || value[index - 1] != ASCII.backslash
            else {
                continue
            }
            if value[index + 1] == ASCII.dollar { return true }
            if value[index + 1] == UInt8(ascii: "("), close > index { return true }
        }
        return false
    }

    /// Replaces `$NAME` and `${NAME}`; what else stands between the braces stays.
    private mutating func substitute(_ value: [UInt8], at offset: Int) -> [UInt8] {
        var result: [UInt8] = []
        var cursor = ByteCursor(value)
        while let byte = cursor.peek() {
            let isEscaped = byte == ASCII.backslash && cursor.peek(1) == ASCII.dollar
            let paren = cursor.peek(isEscaped ? 2 : 1)
            guard isEscaped || byte == ASCII.dollar, paren != UInt8(ascii: "(") else {
                result.append(byte)
                cursor.offset += 1
                continue
            }
            let start = cursor.offset + (isEscaped ? 1 : 0)
            cursor.offset = start + 1
            _ = cursor.take(ASCII.openBrace)
            let name = cursor.offset
            cursor.skip(while: \.continuesName)
            let text = value[name..<cursor.offset].text
            _ = cursor.take(ASCII.closeBrace)
            if isEscaped || text.isEmpty {
                result += value[start..<cursor.offset]
            } else {
                result += self.text(of: text, at: offset)
            }
        }
        return result
    }

    private mutating func text(of name: String, at offset: Int) -> [UInt8] {
        if case .text(let text) = reading[name] { return reading.bringIn(text, at: offset) }
        return reading.bringIn(environment[name] ?? "", at: offset)
    }

    private static func stripped(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        while let first = text.first, first.isWhitespace || first == 0 { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace || last == 0 { text = text.dropLast() }
        return text
    }
}
