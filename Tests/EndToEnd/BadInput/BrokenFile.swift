import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A `.env` that no program may take, and what each has to say about it.
struct BrokenFile: Sendable, CustomTestStringConvertible {
    var name: String
    /// Makes it at that path, from the text of a valid one.
    var make: @Sendable (_ path: String, _ valid: String) throws -> Void
    /// The exit code of `careinit check`: 1 with findings, 65 where it cannot be read as text at all.
    var checkCode: Int32
    /// Words that stand in what `careinit check` says.
    var words: [String]

    var testDescription: String { name }

    static let all = [
        BrokenFile(
            name: "a directory", make: { path, _ in mkdir(path, 0o700) }, checkCode: 65, words: ["is a directory"]),
        BrokenFile(
            name: "an empty file", make: { path, _ in try Files.write([], to: path) }, checkCode: 1,
            words: ["empty-file", "missing-required"]),
        BrokenFile(
            name: "a program", make: { path, _ in try Files.write([0x7F, 0x45, 0x4C, 0x46, 0, 1, 2], to: path) },
            checkCode: 1, words: [".env:1:5", "nul-byte"]),
        BrokenFile(
            name: "100 MiB of settings", make: { path, _ in try large(path) }, checkCode: 65,
            words: ["longer than 64 MiB"]),
        BrokenFile(
            name: "Latin-1",
            make: { path, valid in try Files.write(valid.utf8 + [0x41, 0x3D, 0xE9, 0x0A], to: path) },
            checkCode: 1, words: ["not-utf8"]),
        BrokenFile(
            name: "a byte order mark",
            make: { path, valid in try Files.write([0xEF, 0xBB, 0xBF] + valid.utf8, to: path) },
            checkCode: 1, words: [".env:1:1", "byte-order-mark"]),
        BrokenFile(
            name: "CR LF",
            make: { path, valid in
                try Files.write(Array(valid.utf8).flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }, to: path)
            }, checkCode: 1, words: ["carriage-returns"]),
        BrokenFile(
            name: "a lone CR",
            make: { path, valid in try Files.write(Array(valid.utf8) + Array("A=1\rB=2\n".utf8), to: path) },
            checkCode: 1, words: ["lone-carriage-return"]),
        BrokenFile(
            name: "a line of 10 MiB",
            make: { path, valid in
                let line = [UInt8](repeating: UInt8(ascii: "x"), count: 10 << 20)
                try Files.write(Array(valid.utf8) + Array("A=".utf8) + line, to: path)
            }, checkCode: 1, words: ["unknown-name"]),
        BrokenFile(
            name: "a cycle of references",
            make: { path, valid in
                try Files.write(Array(valid.utf8) + Array("A=${B}\nB=${A}\nA=${B}\n".utf8), to: path)
            }, checkCode: 1, words: ["undefined-reference"]),
    ]

    /// Text all through, so that only its length is wrong.
    private static func large(_ path: String) throws {
        let line = Array("# \(String(repeating: "x", count: 1021))\n".utf8)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw HarnessError("open \(path)", errno) }
        defer { close(descriptor) }
        let mebibyte = Array(repeating: line, count: 1024).flatMap { $0 }
        for _ in 0..<100 { _ = write(descriptor, mebibyte, mebibyte.count) }
    }
}
