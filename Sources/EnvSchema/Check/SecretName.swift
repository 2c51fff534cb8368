/// Names that say that what they name is a secret.
enum SecretName {
    /// Whether the name ends so, or does before a number or a word such as OLD.
    static func isOne(_ name: String) -> Bool { isOne(name.utf8Span.span) }

    static func isOne(_ bytes: Span<UInt8>) -> Bool {
        let end = withoutVersion(bytes)
        guard end > 2 else { return false }
        for ending in endings where has(ending.text, bytes, before: end) {
            let start = end - ending.text.count
            if !ending.isWord || start == 0 || bytes[start - 1] == underscore { return true }
        }
        return false
    }

    /// Those of the second list count only as words of their own: COMPASS is no password.
    private static let endings: [(text: [UInt8], isWord: Bool)] =
        list("PASSWORD PASSWD PASSPHRASE SECRET TOKEN APIKEY CREDENTIALS").map { ($0, false) }
        + list(
            """
            PASS PWD PW PIN API_KEY PRIVATE_KEY SECRET_KEY ACCESS_KEY ENCRYPTION_KEY SIGNING_KEY MASTER_KEY AUTH_KEY
            SESSION_KEY APP_KEY DEPLOY_KEY LICENSE_KEY CREDENTIAL
            """
        ).map { ($0, true) }

    private static func list(_ text: String) -> [[UInt8]] {
        text.utf8.split(whereSeparator: \.isWhitespace).map { Array($0) }
    }

    private static let versions = list("_OLD _NEW _PREVIOUS _CURRENT _NEXT _BASE")

    /// Whether the name says that it names something by a number or a sum, which may look random and is no secret.
    static func isIdentifier(_ name: String) -> Bool { isIdentifier(name.utf8Span.span) }

    static func isIdentifier(_ bytes: Span<UInt8>) -> Bool {
        let end = withoutVersion(bytes)
        return identifiers.contains { has($0, bytes, before: end) }
    }

    private static let identifiers = list(
        """
        _ID _SID _UUID _GUID _ARN _HASH _DIGEST _CHECKSUM _SHA _FINGERPRINT _COMMIT _REVISION _VERSION _TAG _BUILD
        PUBLIC_KEY PUBLISHABLE_KEY SITE_KEY
        """)

    private static let underscore = UInt8(ascii: "_")

    private static func withoutVersion(_ bytes: Span<UInt8>) -> Int {
        var end = bytes.count
        while end > 0, bytes[end - 1].isDigit { end -= 1 }
        if end > 0, end < bytes.count, bytes[end - 1] == underscore { end -= 1 }
        if let version = versions.first(where: { has($0, bytes, before: end) }) { end -= version.count }
        return end
    }

    private static func has(_ text: [UInt8], _ bytes: Span<UInt8>, before end: Int) -> Bool {
        guard end >= text.count else { return false }
        var offset = 1
        while offset <= text.count {
            let byte = bytes[end - offset]
            if (byte.isLowercase ? byte & ~0x20 : byte) != text[text.count - offset] { return false }
            offset += 1
        }
        return true
    }
}
