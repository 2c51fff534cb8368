/// `node --env-file`: `Dotenv::ParseContent` in node_dotenv.cc of Node.js 20. It expands no references, and looks for the
/// next equals sign however many lines away it is.
struct NodeReader {
    /// The file without its carriage returns, which Node.js removes first.
    private let content: [UInt8]
    /// Where each byte of `content` stands in the file; empty where nothing was removed.
    private let origins: [Int]
    private let environment: [String: String]
    private var start = 0
    private var end: Int
    private var reading = DialectReading()

    static func read(_ bytes: [UInt8], environment: [String: String]) -> DialectReading {
        var reader = NodeReader(bytes, environment)
        reader.run()
        return reader.reading
    }

    private init(_ bytes: [UInt8], _ environment: [String: String]) {
        let kept =
            bytes.contains(ASCII.carriageReturn)
            ? bytes.indices.filter { bytes[$0] != ASCII.carriageReturn } : []
        let isChanged = bytes.contains(ASCII.carriageReturn)
        content = isChanged ? kept.map { bytes[$0] } : bytes
        origins = isChanged ? kept + [bytes.count] : []
        end = content.count
        self.environment = environment
    }

    private mutating func run() {
        trimContent()
        while start < end {
            if content[start] == ASCII.lineFeed || content[start] == ASCII.hash, let newline = find(ASCII.lineFeed)
            {
                start = newline + 1
                continue
            }
            let first = start
            guard let sign = find(ASCII.equals), let name = name(before: sign) else { return }
            start = sign + 1
            trimContent()
            guard start < end else { return assign(name, [], from: first, to: start) }
            value(of: name, from: first)
        }
    }

    /// nil where there is nothing before the sign: Node.js reads no further.
    private func name(before sign: Int) -> ArraySlice<UInt8>? {
        let name = Self.trimmed(content[start..<sign])
        guard !name.isEmpty else { return nil }
        return name.starts(with: "export ".utf8) ? name.dropFirst(7) : name
    }

    private mutating func value(of name: ArraySlice<UInt8>, from first: Int) {
        let quote = content[start]
        guard quote == ASCII.singleQuote || quote == ASCII.doubleQuote || quote == UInt8(ascii: "`") else {
            let line = start..<(find(ASCII.lineFeed) ?? end)
            let comment = content[line].firstIndex(of: ASCII.hash) ?? line.upperBound
            start = line.upperBound
            return assign(name, Self.trimmed(content[line.lowerBound..<comment]), from: first, to: start)
        }
        guard let close = find(quote, from: start + 1) else { return unclosed(name, from: first) }
        let value = content[(start + 1)..<close]
        start = find(ASCII.lineFeed, from: close + 1) ?? end
        assign(
            name, quote == ASCII.doubleQuote ? Self.withNewlines(value) : Array(value), from: first, to: close + 1)
    }

    /// The rest of the line with its quote, or nothing on the last line.
    private mutating func unclosed(_ name: ArraySlice<UInt8>, from first: Int) {
        guard let newline = find(ASCII.lineFeed) else { return }
        assign(name, content[start..<newline], from: first, to: newline)
        start = newline
    }

    private static func withNewlines(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        for byte in value {
            if byte == UInt8(ascii: "n"), result.last == ASCII.backslash {
                result[result.count - 1] = ASCII.lineFeed
            } else {
                result.append(byte)
            }
        }
        return result
    }

    private mutating func assign(
        _ name: ArraySlice<UInt8>, _ value: some Collection<UInt8>, from first: Int, to last: Int
    ) {
        let range = origin(first)..<origin(last)
        // What the process has already, the file does not change.
        reading.assign(name.text, .text(environment[name.text] ?? value.text), range)
    }

    private func origin(_ offset: Int) -> Int { origins.isEmpty ? offset : origins[offset] }

    private func find(_ byte: UInt8, from offset: Int? = nil) -> Int? {
        content[(offset ?? start)..<end].firstIndex(of: byte)
    }

    /// Node.js trims spaces only, and those at the end of the whole file each time.
    private mutating func trimContent() {
        while start < end, content[start] == ASCII.space { start += 1 }
        while end > start, content[end - 1] == ASCII.space { end -= 1 }
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        while text.first == ASCII.space { text = text.dropFirst() }
        while text.last == ASCII.space { text = text.dropLast() }
        return text
    }
}
