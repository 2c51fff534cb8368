#if canImport(Glibc)
    import Glibc
#endif

/// A path with at most one `{id}` in it, as the bytes before and after that.
struct PathTemplate: Sendable {
    private let prefix: [CChar]
    /// Nil where the template has no parameter.
    private let suffix: [CChar]?
    private static let parameter = "{id}"

    init(_ text: String) {
        let start = text.firstRange(of: Self.parameter)
        prefix = text[..<(start?.lowerBound ?? text.endIndex)].utf8.map { CChar(bitPattern: $0) }
        suffix = start.map { text[$0.upperBound...].utf8.map { CChar(bitPattern: $0) } + [0] }
    }

    func matches(_ path: UnsafePointer<CChar>) -> Bool {
        guard strncmp(path, prefix, prefix.count) == 0 else { return false }
        let rest = path + prefix.count
        guard let suffix else { return rest.pointee == 0 }
        let length = Self.segmentLength(rest)
        return length > 0 && strcmp(rest + length, suffix) == 0
    }

    /// Of a path that matches.
    func parameter(in path: UnsafePointer<CChar>) -> String? {
        guard suffix != nil else { return nil }
        let start = path + prefix.count
        let bytes = UnsafeRawBufferPointer(start: start, count: Self.segmentLength(start))
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func segmentLength(_ start: UnsafePointer<CChar>) -> Int { strcspn(start, "/") }
}
