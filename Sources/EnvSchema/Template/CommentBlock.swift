/// The comment lines that stand directly above something.
struct CommentBlock {
    var help: [String] = []
    var decorators: [Entry] = []
    var notes: [Entry] = []
    /// Whether a divider stands above it.
    var opensAfterDivider = false

    var isOnlyText: Bool { decorators.isEmpty && notes.isEmpty }
}

/// What stands behind the `#` of a comment line.
struct CommentLine {
    /// Without white space at both ends.
    var content: Range<Int>

    init?(_ bytes: [UInt8], _ range: Range<Int>) {
        guard let hash = bytes[range].firstIndex(of: ASCII.hash) else { return nil }
        let content = bytes[(hash + 1)..<range.upperBound].trimmed
        self.content = content.startIndex..<content.endIndex
    }

    /// Three or more of one of the characters `-=*#`, and nothing else.
    func isDivider(in bytes: [UInt8]) -> Bool {
        guard content.count >= 3, let first = bytes[content].first, "-=*#".utf8.contains(first) else {
            return false
        }
        return bytes[content].allSatisfy { $0 == first }
    }

    func isDecorated(in bytes: [UInt8]) -> Bool { bytes[content].first == UInt8(ascii: "@") }

    /// What follows `careinit:`.
    func notes(in bytes: [UInt8]) -> Range<Int>? {
        let mark = Array("careinit:".utf8)
        guard bytes[content].starts(with: mark) else { return nil }
        return (content.lowerBound + mark.count)..<content.upperBound
    }
}

/// The decorators of @env-spec: <https://varlock.dev/reference/root-decorators/> and `…/item-decorators/`.
enum Decorators {
    static let root: Set = [
        "currentEnv", "envFlag", "defaultRequired", "defaultSensitive", "defaultDynamic", "disable", "import",
        "setValuesBulk", "plugin", "cache", "redactLogs", "preventLeaks", "encryptInjectedEnv",
        "disableProcessEnvInjection", "auditIgnorePaths", "proxyConfig", "generateTsTypes", "generatePythonEnv",
        "generateRustEnv", "generateGoEnv", "generatePhpEnv", "generateJavaEnv", "generateCsharpEnv",
        "generateTypes",
    ]
    static let item: Set = [
        "required", "optional", "sensitive", "public", "internal", "dynamic", "static", "type", "example", "docs",
        "docsUrl", "tag", "icon", "deprecated", "auditIgnore", "placeholder", "proxy",
    ]
}
