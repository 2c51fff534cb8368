#if canImport(Glibc)
    import Glibc
#endif

/// Folders in /tmp that only this user may enter, for what another program has to read. Who makes one removes it.
enum TemporaryFolder {
    /// Makes one whose name says what for (mkdtemp(3)).
    ///
    /// - Returns: Its path.
    /// - Throws: `CommandFailure` with the exit code for what cannot be created.
    static func make(_ purpose: String) throws(CommandFailure) -> String {
        var template = Array("/tmp/careinit-\(purpose)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandFailure(
                .cannotCreate, "No temporary folder can be made", place: "/tmp",
                why: SystemError.last("mkdtemp", "/tmp").reason)
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
