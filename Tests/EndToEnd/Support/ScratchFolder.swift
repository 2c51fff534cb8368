#if canImport(Glibc)
    import Glibc
#endif

/// A folder of a test's own, with everything in it gone afterwards. Other users may pass through it, but not list it.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/careinit-e2e-XXXXXX".utf8CString)
        let name = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        guard let name else { throw HarnessError("mkdtemp failed", errno) }
        path = name
        chmod(name, 0o711)
    }

    deinit { Files.remove(path) }

    subscript(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file, 0600 unless told otherwise; returns its path.
    @discardableResult
    func write(_ text: String, to name: String, mode: mode_t = 0o600) throws -> String {
        try write(Array(text.utf8), to: name, mode: mode)
    }

    @discardableResult
    func write(_ bytes: [UInt8], to name: String, mode: mode_t = 0o600) throws -> String {
        try Files.write(bytes, to: self[name], mode: mode)
        return self[name]
    }
}

/// What went wrong in the tests themselves.
struct HarnessError: Error, CustomStringConvertible {
    var description: String

    init(_ what: String, _ code: Int32? = nil) {
        description = what + (code.map { ": " + String(cString: strerror($0)) } ?? "")
    }
}
