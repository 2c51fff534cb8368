/// The status line and headers of one reply.
struct HTTPReplyHead {
    enum Framing: Equatable {
        case length(Int)
        case chunked
        case untilClose
    }

    private(set) var status = 0
    private(set) var headers: [HTTPHeader] = []
    private var isHTTP11 = false

    /// Reads everything up to and including the empty line.
    init(_ bytes: ArraySlice<UInt8>) throws(HTTPReplyFault) {
        var rest = bytes
        var isFirst = true
        while let end = rest.firstIndex(of: 0x0A) {
            guard end > rest.startIndex, rest[end - 1] == 0x0D else { throw .header }
            let line = rest[rest.startIndex..<(end - 1)]
            guard !line.contains(0x0D), !line.contains(0) else { throw .header }
            rest = rest[(end + 1)...]
            if isFirst {
                try readStatusLine(line)
                isFirst = false
            } else if !line.isEmpty {
                try readHeader(line)
            }
        }
    }

    var keepsConnection: Bool {
        let options = headers.filter { $0.name.lowercased() == "connection" }.map { $0.value.lowercased() }
        if options.contains(where: { $0.contains("close") }) { return false }
        return isHTTP11 || options.contains { $0.contains("keep-alive") }
    }

    /// How the end of the body is told (RFC 9112 §6.3). Two different answers are a fault.
    func framing() throws(HTTPReplyFault) -> Framing {
        let lengths = headers.filter { $0.name.lowercased() == "content-length" }.map(\.value)
        let codings = headers.filter { $0.name.lowercased() == "transfer-encoding" }.map { $0.value.lowercased() }
        guard codings.isEmpty else {
            guard codings == ["chunked"], lengths.isEmpty else { throw .transferEncoding }
            return .chunked
        }
        guard let text = lengths.first else { return .untilClose }
        let isNumber = (1...15).contains(text.utf8.count) && text.utf8.allSatisfy(Self.isDigit)
        guard lengths.count == 1, isNumber, let length = Int(text) else { throw .contentLength }
        return .length(length)
    }

    /// `HTTP/1.1 200 OK`; the words at the end may be missing.
    private mutating func readStatusLine(_ line: ArraySlice<UInt8>) throws(HTTPReplyFault) {
        let line = Array(line)
        let versions = [Array("HTTP/1.0 ".utf8), Array("HTTP/1.1 ".utf8)]
        guard line.count >= 12, versions.contains(Array(line[..<9])), line[9..<12].allSatisfy(Self.isDigit),
            line.count == 12 || line[12] == 0x20, let number = Int(String(decoding: line[9..<12], as: UTF8.self)),
            number >= 100
        else { throw .statusLine }
        status = number
        isHTTP11 = line[7] == UInt8(ascii: "1")
    }

    private mutating func readHeader(_ line: ArraySlice<UInt8>) throws(HTTPReplyFault) {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            line[..<colon].allSatisfy(HTTPRequest.isTokenByte)
        else { throw .header }
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        var value = line[(colon + 1)...].drop(while: isBlank)
        while let last = value.last, isBlank(last) { value.removeLast() }
        headers.append(
            HTTPHeader(String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self)))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
