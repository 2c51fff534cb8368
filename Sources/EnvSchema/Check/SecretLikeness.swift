/// What looks like a secret, whatever the template says of its variable.
enum SecretLikeness {
    /// Whether the value is one for all that its form tells: a token, or a random key.
    static func isSecret(_ value: String, mayBeKey: Bool) -> Bool {
        isSecret(value.utf8Span.span, mayBeKey: mayBeKey)
    }

    static func isSecret(_ bytes: Span<UInt8>, mayBeKey: Bool) -> Bool {
        if SecretToken.isContained(in: bytes) { return true }
        return mayBeKey && isKey(bytes)
    }

    /// Whether a secret may be somewhere in the text: better one value hidden too many than one shown.
    static func mayHoldSecret(_ text: String) -> Bool {
        let bytes = text.utf8Span.span
        if SecretToken.isContained(in: bytes) || hasWord(bytes, isBase64, { RandomText(bytes, $0).isKey }) {
            return true
        }
        return hasWord(bytes, isPlain) { RandomText(bytes, $0).isCode && !isUUID(bytes, $0) }
    }

    /// Whether a variable of such a name holds a secret in this value: a password may look like anything, but not like
    /// a switch, a number, a duration, a path or a host.
    static func isSecret(_ value: String, named name: String) -> Bool {
        guard !value.isEmpty, SecretName.isOne(name) else { return false }
        return !SettingSyntax.isSetting(value.utf8Span.span) && !Placeholder.isPlaceholder(value, isSecret: true)
    }

    static func isKey(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= RandomText.shortest, bytes[0] != slash else { return false }
        var end = bytes.count
        while end > 1, bytes[end - 1] == ASCII.equals { end -= 1 }
        for place in 0..<end where !isBase64(bytes[place]) && !"~!#$^&*".utf8.contains(bytes[place]) {
            return false
        }
        return RandomText(bytes, 0..<end).isKey
    }

    private static let slash = UInt8(ascii: "/")

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte.isAlphanumeric || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        isPlain(byte) || byte == slash || byte == UInt8(ascii: "+")
    }

    private static func hasWord(
        _ bytes: Span<UInt8>, _ belongs: (UInt8) -> Bool, _ isFound: (Range<Int>) -> Bool
    ) -> Bool {
        var start = 0
        for place in 0...bytes.count where place == bytes.count || !belongs(bytes[place]) {
            if place - start >= RandomText.shortest, isFound(start..<place) { return true }
            start = place + 1
        }
        return false
    }

    private static func isUUID(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count == 36 else { return false }
        return range.allSatisfy { place in
            let isHyphen = [8, 13, 18, 23].contains(place - range.lowerBound)
            return isHyphen ? bytes[place] == UInt8(ascii: "-") : bytes[place].isHexadecimal
        }
    }
}
