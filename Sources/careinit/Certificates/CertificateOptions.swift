/// The options that several of the `certs` commands take.
enum CertificateOptions {
    /// - Throws: exit code 64 where the option is missing, 66 where the file is.
    static func file(_ option: String, of invocation: Invocation) throws(CommandFailure) -> [UInt8] {
        guard let path = invocation.value(option) else {
            throw CommandFailure(
                .usage, "\(option) FILE is missing", place: "careinit \(invocation.command.name)",
                fix: "careinit \(invocation.command.name) --help shows what it takes")
        }
        return try file(path)
    }

    static func file(_ path: String) throws(CommandFailure) -> [UInt8] {
        guard let file = try InputFile.read(path, limit: 4 << 20) else {
            throw CommandFailure(.missingInput, "there is no file \(path)", fix: "name a file that is there")
        }
        return file.bytes
    }

    /// `--at`, or now.
    ///
    /// - Throws: exit code 64 for what is no time of RFC 3339.
    static func time(_ invocation: Invocation) throws(CommandFailure) -> Int64 {
        guard let text = invocation.value("--at") else { return Clock.now() }
        guard let seconds = RFC3339.seconds(text) else {
            throw CommandFailure(
                .usage, "\"\(text)\" is no time", place: "--at", why: "it must have the form of RFC 3339",
                fix: "--at 2026-11-24T12:00:00Z")
        }
        return seconds
    }

    /// - Throws: exit code 64 for a word that is no format.
    static func isJSON(_ invocation: Invocation) throws(CommandFailure) -> Bool {
        switch invocation.value("--format") {
        case nil: return invocation.has("--json")
        case "text": return false
        case "json": return true
        case .some(let word):
            throw CommandFailure(
                .usage, "there is no format “\(word)”", place: "--format", fix: "--format text, --format json")
        }
    }
}
