/// What is wrong with a reply.
package enum HTTPReplyFault: String, Error, Equatable, Sendable, CaseIterable {
    case statusLine, header, contentLength, transferEncoding, chunk
    /// More header bytes than are accepted.
    case headerTooLong
    /// More body bytes than the caller wants.
    case bodyTooLong
}

/// Reads one reply of HTTP/1.1 (RFC 9112) from bytes as they come. Strict: what two readers could read in two ways is
/// a fault.
struct HTTPReplyParser {
    private enum State {
        case head
        case fixed(left: Int)
        case chunkSize
        case chunk(left: Int)
        case chunkEnd
        case trailers
        case untilClose
        case done
    }

    static let maximumHeadLength = 64 * 1024

    private let isHead: Bool
    private let bodyLimit: Int
    private var state = State.head
    private var buffer: [UInt8] = []
    private var position = 0
    private(set) var response = HTTPResponse(status: 0)

    /// `isHead`: the reply to a HEAD request has no body, whatever its headers say.
    init(isHead: Bool = false, bodyLimit: Int) {
        self.isHead = isHead
        self.bodyLimit = bodyLimit
    }

    var isDone: Bool { if case .done = state { true } else { false } }

    /// Whether the connection may carry another request after this reply.
    var keepsConnection = false

    /// Takes the next bytes; bytes after the end of the reply mean that the two sides disagree, and end the connection.
    mutating func take(_ bytes: [UInt8]) throws(HTTPReplyFault) {
        buffer.append(contentsOf: bytes)
        while try step() {}
        if isDone && position < buffer.count { keepsConnection = false }
        // What has been read need not be kept; moving it down once per call keeps the cost linear.
        buffer.removeFirst(position)
        position = 0
    }

    /// Tells that the other side has ended the stream: whether the reply is whole.
    mutating func end() -> Bool {
        if case .untilClose = state { state = .done }
        return isDone
    }

    /// Reads one part; false when more bytes are needed, or none.
    private mutating func step() throws(HTTPReplyFault) -> Bool {
        switch state {
        case .head: return try readHead()
        case .fixed(let left):
            let rest = try takeBody(atMost: left)
            state = rest == 0 ? .done : .fixed(left: rest)
            return false
        case .chunkSize: return try readChunkSize()
        case .chunk(let left):
            let rest = try takeBody(atMost: left)
            state = rest == 0 ? .chunkEnd : .chunk(left: rest)
            return rest == 0
        case .chunkEnd:
            guard let line = try readLine() else { return false }
            guard line.isEmpty else { throw .chunk }
            state = .chunkSize
            return true
        case .trailers:
            guard let line = try readLine() else { return false }
            if line.isEmpty { state = .done }
            return !line.isEmpty
        case .untilClose:
            _ = try takeBody(atMost: .max)
            return false
        case .done: return false
        }
    }

    /// Moves body bytes over; how many are still to come.
    private mutating func takeBody(atMost left: Int) throws(HTTPReplyFault) -> Int {
        let count = min(left, buffer.count - position)
        guard response.body.count + count <= bodyLimit else { throw .bodyTooLong }
        response.body.append(contentsOf: buffer[position..<(position + count)])
        position += count
        return left - count
    }

    private mutating func readChunkSize() throws(HTTPReplyFault) -> Bool {
        guard let line = try readLine() else { return false }
        // Extensions after a semicolon are allowed and mean nothing.
        let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != 0x20 && $0 != 0x09 }
        let text = String(decoding: digits, as: UTF8.self)
        guard (1...8).contains(digits.count), text.utf8.first != UInt8(ascii: "+"),
            let size = Int(text, radix: 16),
            size >= 0
        else { throw .chunk }
        guard response.body.count + size <= bodyLimit else { throw .bodyTooLong }
        state = size == 0 ? .trailers : .chunk(left: size)
        return true
    }

    /// The bytes up to the next CRLF, or nil where it has not come yet.
    private mutating func readLine() throws(HTTPReplyFault) -> ArraySlice<UInt8>? {
        let rest = buffer[position...]
        guard let end = rest.firstIndex(of: 0x0A) else {
            guard rest.count <= Self.maximumHeadLength else { throw .headerTooLong }
            return nil
        }
        guard end > rest.startIndex, buffer[end - 1] == 0x0D else { throw .header }
        guard end - rest.startIndex <= Self.maximumHeadLength else { throw .headerTooLong }
        position = end + 1
        return rest[..<(end - 1)]
    }

    /// Reads the whole head at once, so that a head in many pieces is not read twice by halves.
    private mutating func readHead() throws(HTTPReplyFault) -> Bool {
        guard let end = endOfHead() else {
            guard buffer.count - position <= Self.maximumHeadLength else { throw .headerTooLong }
            return false
        }
        guard end - position <= Self.maximumHeadLength else { throw .headerTooLong }
        let head = try HTTPReplyHead(buffer[position..<end])
        position = end
        // 1xx announce a reply that is still to come; an upgrade is never asked for.
        if (100..<200).contains(head.status) { return true }
        response = HTTPResponse(status: head.status, headers: head.headers)
        keepsConnection = head.keepsConnection
        try chooseBody(head)
        return true
    }

    private mutating func chooseBody(_ head: HTTPReplyHead) throws(HTTPReplyFault) {
        let framing = try head.framing()
        if isHead || head.status == 204 || head.status == 304 {
            state = .done
            return
        }
        switch framing {
        case .chunked: state = .chunkSize
        case .length(let length):
            guard length <= bodyLimit else { throw .bodyTooLong }
            state = length == 0 ? .done : .fixed(left: length)
        case .untilClose:
            keepsConnection = false
            state = .untilClose
        }
    }

    /// The index after the empty line that ends the head.
    private func endOfHead() -> Int? {
        var index = position
        while let newline = buffer[index...].firstIndex(of: 0x0A) {
            index = newline + 1
            if index + 1 < buffer.count, buffer[index] == 0x0D, buffer[index + 1] == 0x0A { return index + 2 }
        }
        return nil
    }
}
