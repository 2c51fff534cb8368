/// Values that stand in templates and tutorials for the real ones.
///
/// Judged before lengths: the placeholders of this product's first template are 33 to 54 characters long.
enum Placeholder {
    static func isPlaceholder(_ value: String, of variable: Variable) -> Bool {
        if value == variable.example { return true }
        if variable.isSecret, value == variable.defaultValue { return true }
        return isPlaceholder(value, isSecret: variable.isSecret)
    }

    /// As above, of no variable in particular; `isSecret` where no name of somebody or something can be meant.
    static func isPlaceholder(_ value: String, isSecret: Bool) -> Bool {
        if value.hasPrefix("CHANGE_") { return true }
        let bytes = value.utf8.map(\.lowercased)
        return PlaceholderWords.isWord(bytes, isSecret: isSecret) || isEnclosed(bytes, isSecret: isSecret)
            || isMask(bytes) || isFilledWithX(bytes) || isInstruction(bytes, isSecret: isSecret)
            || mentionsYours(bytes, isSecret: isSecret)
    }

    /// `CHANGE_THIS_TO_…`, `replace-with-…`, and `redis://:changeme@…`.
    private static func isInstruction(_ bytes: [UInt8], isSecret: Bool) -> Bool {
        if PlaceholderWords.beginnings.contains(where: { bytes.starts(with: $0) }) { return true }
        if isSecret, PlaceholderWords.secretBeginnings.contains(where: { bytes.starts(with: $0) }) { return true }
        return bytes.indices.contains { start in
            guard PlaceholderWords.initials.contains(bytes[start]) else { return false }
            guard start == 0 || !bytes[start - 1].isAlphanumeric else { return false }
            return PlaceholderWords.instructions.contains { bytes[start...].starts(with: $0) }
        }
    }

    /// `<your password>`, `{{ password }}`, `__PASSWORD__`, and in what is no secret `https://<domain>/`.
    private static func isEnclosed(_ bytes: [UInt8], isSecret: Bool) -> Bool {
        let isWhole = { (open: StaticString, close: StaticString) in
            inner(of: bytes, open, close).map { isPlain($0.trimmed) } ?? false
        }
        if isWhole("<", ">") || isWhole("__", "__") || isWhole("{{", "}}") { return true }
        if isSecret { return isWhole("[", "]") || isWhole("%", "%") }
        return hasEnclosed(bytes, "<", UInt8(ascii: ">")) || hasEnclosed(bytes, "{{", ASCII.closeBrace)
    }

    private static func inner(of bytes: [UInt8], _ open: StaticString, _ close: StaticString) -> ArraySlice<UInt8>?
    {
        let length = open.utf8CodeUnitCount
        guard bytes.count > 2 * length, open.withUTF8Buffer({ bytes.starts(with: $0) }),
            close.withUTF8Buffer({ bytes.suffix(length).elementsEqual($0) })
        else { return nil }
        return bytes[length..<(bytes.count - length)]
    }

    /// Something between the two signs that a name may be.
    private static func hasEnclosed(_ bytes: [UInt8], _ open: StaticString, _ close: UInt8) -> Bool {
        open.withUTF8Buffer { open in
            bytes.indices.contains { start in
                guard bytes[start] == open[0], bytes[start...].starts(with: open) else { return false }
                let inner = bytes[(start + open.count)...].prefix(longestName)
                guard let end = inner.firstIndex(of: close) else { return false }
                return isPlain(open.count > 1 ? inner[..<end].trimmed : inner[..<end])
            }
        }
    }

    private static let longestName = 64

    private static func isPlain(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, first != ASCII.space, bytes.last != ASCII.space else { return false }
        return bytes.contains(where: \.isLetter)
            && bytes.allSatisfy { $0.isAlphanumeric || "-_. ".utf8.contains($0) }
    }

    /// What stands for a secret where it is not shown: `********`, `••••••`.
    private static func isMask(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 2, let first = bytes.first else { return false }
        if "*.-_?#".utf8.contains(first) { return bytes.allSatisfy { $0 == first } }
        let bullet = Array("•".utf8)
        return bytes.count.isMultiple(of: bullet.count)
            && bytes.indices.allSatisfy { bytes[$0] == bullet[$0 % bullet.count] }
    }

    /// `xxx`, `xxxx-xxxx`, `sk_live_xxxxxxxx`.
    private static func isFilledWithX(_ bytes: [UInt8]) -> Bool {
        var (run, longest, others) = (0, 0, 0)
        for byte in bytes {
            run = byte == UInt8(ascii: "x") ? run + 1 : 0
            longest = max(longest, run)
            if run == 0, byte.isAlphanumeric { others += 1 }
        }
        return longest >= 6 || longest >= 3 && others == 0
    }

    /// `your-…` and `your_…` at the start of a word, as in `sk_live_your-key` or `https://your-domain.com`. In a value that
    /// is no secret only before a word that tells a placeholder from, say, the domain of Your Care Ltd.
    private static func mentionsYours(_ bytes: [UInt8], isSecret: Bool) -> Bool {
        var rest = bytes[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "y")) {
            rest = bytes[(start + 1)...]
            guard bytes[start...].starts(with: "your".utf8) else { continue }
            guard start == 0 || !bytes[start - 1].isAlphanumeric else { continue }
            let after = bytes[(start + 4)...]
            guard let joint = after.first else { continue }
            if joint.isAlphanumeric {
                if PlaceholderWords.isNoun(after.prefix { $0.isAlphanumeric }) { return true }
                continue
            }
            guard "-_ ".utf8.contains(joint) else { continue }
            // `your_…` as a whole, and `sk_live_your-…`, are never the name of somebody.
            let underscore = UInt8(ascii: "_")
            let isIdentifier = start == 0 ? joint == underscore : bytes[start - 1] == underscore
            if isSecret || isIdentifier { return true }
            if PlaceholderWords.nouns.contains(where: { after.dropFirst().starts(with: $0) }) { return true }
        }
        return false
    }

    /// Names that the domain name system keeps for documentation and tests (RFC 2606, RFC 6761), and their likes below
    /// other ends, such as `example.co.uk`.
    static func isReservedDomain(_ host: String) -> Bool {
        let labels = host.utf8.map(\.lowercased).split(separator: UInt8(ascii: "."))
        guard let last = labels.last else { return false }
        return ["invalid", "test"].contains(last.text) || labels.contains { $0.elementsEqual("example".utf8) }
    }
}
