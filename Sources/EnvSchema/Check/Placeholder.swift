/// Values that stand in templates and tutorials for the real ones.
///
/// Judged before lengths: the placeholders of this product's first template are 33 to 54 characters long.
enum Placeholder {
    static func isPlaceholder(_ value: String, of variable: Variable) -> Bool {
        if value == variable.example { return true }
        if variable.isSecret, value == variable.defaultValue { return true }
        let bytes = value.utf8.map(\.lowercased)
        return isInstruction(bytes) || isBracketed(bytes) || isAllX(bytes)
            || mentionsYours(bytes, isSecret: variable.isSecret)
    }

    /// `CHANGE_THIS_TO_…`, `CHANGEME`, `replace-with-…`.
    private static func isInstruction(_ bytes: [UInt8]) -> Bool {
        instructions.contains { bytes.starts(with: $0) }
    }

    private static let instructions = [
        "change_", "change-", "change me", "change this", "changeme", "changethis", "replace_", "replace-me",
        "replace-this", "replace-with", "replaceme", "todo", "fill_", "fill-in", "insert_", "insert-your",
        "placeholder", "example_", "example-password", "example-secret",
    ].map { Array($0.utf8) }

    /// `<your password>`.
    private static func isBracketed(_ bytes: [UInt8]) -> Bool {
        bytes.first == UInt8(ascii: "<") && bytes.last == UInt8(ascii: ">") && bytes.count > 2
    }

    private static func isAllX(_ bytes: [UInt8]) -> Bool {
        bytes.count >= 3 && bytes.allSatisfy { $0 == UInt8(ascii: "x") }
    }

    /// `your-…` and `your_…` at the start of a word, as in `sk_live_your-key` or `https://your-domain.com`. In a value that
    /// is no secret only before a word that tells a placeholder from, say, the domain of Your Care Ltd.
    private static func mentionsYours(_ bytes: [UInt8], isSecret: Bool) -> Bool {
        var rest = bytes[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "y")) {
            rest = bytes[(start + 1)...]
            guard bytes[start...].starts(with: "your".utf8) else { continue }
            let after = bytes[(start + 4)...]
            guard let joint = after.first, "-_ ".utf8.contains(joint) else { continue }
            guard start == 0 || !bytes[start - 1].isAlphanumeric else { continue }
            // `your_…` as a whole, and `sk_live_your-…`, are never the name of somebody.
            let underscore = UInt8(ascii: "_")
            let isIdentifier = start == 0 ? joint == underscore : bytes[start - 1] == underscore
            if isSecret || isIdentifier { return true }
            if nouns.contains(where: { after.dropFirst().starts(with: $0) }) { return true }
        }
        return false
    }

    private static let nouns = [
        "domain", "email", "e-mail", "mail", "host", "server", "app", "company", "organi", "site", "website",
        "name",
        "user", "password", "key", "secret", "token", "smtp", "api", "bucket", "project", "url", "address",
        "provider",
        "sentry", "database", "account",
    ].map { Array($0.utf8) }

    /// Names that the domain name system keeps for documentation and tests (RFC 2606, RFC 6761).
    static func isReservedDomain(_ host: String) -> Bool {
        let host = host.utf8.map(\.lowercased).text
        let reserved = ["example.com", "example.org", "example.net", "example", "invalid", "test"]
        return reserved.contains { host == $0 || host.hasSuffix("." + $0) }
    }
}
