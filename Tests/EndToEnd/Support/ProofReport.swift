#if canImport(Glibc)
    import Glibc
#endif

/// What a test saw, for `scripts/prove`: lines at the end of the file that an environment variable names.
enum ProofReport {
    /// Writes nothing where the variable is not set.
    static func append(_ lines: [String], to variable: String) throws {
        guard let path = getenv(variable).map({ String(cString: $0) }) else { return }
        let text = lines.map { "\($0)\n" }.joined()
        try Files.write(Files.read(path) + Array(text.utf8), to: path, mode: 0o644)
    }
}
