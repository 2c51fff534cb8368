/// Tokens and keys that tell by their first characters what they are, and passwords in URLs.
///
/// Looks at each byte a bounded number of times and allocates nothing.
enum SecretToken {
    /// Whether one stands anywhere in the text.
    static func isContained(in bytes: Span<UInt8>) -> Bool {
        let first = firstBytes
        var place = 0
        var follows = false
        while place < bytes.count {
            let byte = bytes[place]
            if byte == ASCII.colon, hasPassword(bytes, afterColon: place) { return true }
            if !follows, first[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0, isToken(bytes, place) {
                return true
            }
            follows = byte.isAlphanumeric
            place += 1
        }
        return false
    }

    private struct Form {
        var prefix: [UInt8]
        /// So many characters follow it at least, all of one alphabet and not all the same.
        var length: Int
        var alphabet: Alphabet

        init(_ prefix: String, _ length: Int, _ alphabet: Alphabet = .alphanumeric) {
            (self.prefix, self.length, self.alphabet) = (Array(prefix.utf8), length, alphabet)
        }
    }

    private enum Alphabet {
        case alphanumeric, urlSafe, dotted, any

        func contains(_ byte: UInt8) -> Bool {
            switch self {
            case .alphanumeric: byte.isAlphanumeric
            case .urlSafe: byte.isAlphanumeric || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
            case .dotted: Self.urlSafe.contains(byte) || byte == UInt8(ascii: ".")
            case .any: byte > ASCII.space && byte < 0x7F
            }
        }
    }

    private static let forms = [
        Form("AKIA", 16), Form("ASIA", 16), Form("AIza", 35, .urlSafe), Form("AGE-SECRET-KEY-1", 50),
        Form("SG.", 40, .dotted), Form("dop_v1_", 40), Form("eyJ", 40, .dotted), Form("ghp_", 30),
        Form("gho_", 30), Form("ghu_", 30), Form("ghs_", 30), Form("ghr_", 30), Form("github_pat_", 30, .urlSafe),
        Form("glpat-", 20, .urlSafe), Form("hf_", 30), Form("https://hooks.slack.com/services/", 20, .any),
        Form("npm_", 36), Form("rk_live_", 16), Form("rk_test_", 16), Form("shpat_", 30),
        Form("sk-", 40), Form("sk-ant-", 30, .urlSafe), Form("sk-proj-", 30, .urlSafe), Form("sk_live_", 16),
        Form("sk_test_", 16), Form("whsec_", 24, .any), Form("xapp-", 20, .urlSafe), Form("xoxa-", 20, .urlSafe),
        Form("xoxb-", 20, .urlSafe), Form("xoxp-", 20, .urlSafe), Form("xoxr-", 20, .urlSafe),
        Form("xoxs-", 20, .urlSafe), Form("ya29.", 30, .dotted),
    ]

    /// The forms by their first byte.
    private static let formsByByte: [[Form]] = (UInt8.min...UInt8.max).map { byte in
        forms.filter { $0.prefix.first == byte }
    }

    /// A bit for each byte that begins a form, or a line of PEM.
    private static let firstBytes: InlineArray<4, UInt64> = {
        var bits = InlineArray<4, UInt64>(repeating: 0)
        for byte in forms.compactMap(\.prefix.first) + [UInt8(ascii: "-")] {
            bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
        }
        return bits
    }()

    private static func isToken(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
        let byte = bytes[start]
        if byte == UInt8(ascii: "-") { return isPrivateKey(bytes, start) }
        for form in formsByByte[Int(byte)] where startsForm(form, bytes, start) {
            if byte != UInt8(ascii: "e") || isWebToken(bytes, start) { return true }
        }
        return false
    }

    private static func startsForm(_ form: Form, _ bytes: Span<UInt8>, _ start: Int) -> Bool {
        let body = start + form.prefix.count
        guard has(form.prefix, bytes, start), bytes.count - body >= form.length else { return false }
        var differs = false
        for place in body..<(body + form.length) {
            guard form.alphabet.contains(bytes[place]) else { return false }
            if bytes[place] != bytes[body] { differs = true }
        }
        return differs
    }

    /// Header and claims, each the Base64 of `{"…`, and a signature.
    private static func isWebToken(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
        var place = start
        while place < min(bytes.count, start + longestHeader), Alphabet.urlSafe.contains(bytes[place]) {
            place += 1
        }
        return has(webTokenClaims, bytes, place)
    }

    private static let longestHeader = 512
    private static let webTokenClaims = Array(".eyJ".utf8)

    /// PEM, perhaps with another word before: `-----BEGIN EC PRIVATE KEY`.
    private static func isPrivateKey(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
        guard has(pemStart, bytes, start) else { return false }
        let end = min(bytes.count, start + pemStart.count + 20)
        return (start..<end).contains { has(pemKey, bytes, $0) }
    }

    private static let pemStart = Array("-----BEGIN ".utf8)
    private static let pemKey = Array("PRIVATE KEY".utf8)

    /// `scheme://user:password@host`, and `scheme://token@host` for a token of letters and digits.
    private static func hasPassword(_ bytes: Span<UInt8>, afterColon colon: Int) -> Bool {
        let start = colon + 3
        guard start < bytes.count, bytes[colon + 1] == slash, bytes[colon + 2] == slash else { return false }
        var (place, password, last) = (start, -1, -1)
        while place < bytes.count, bytes[place] > ASCII.space, bytes[place] != slash {
            if bytes[place] == ASCII.colon, password < 0 { password = place + 1 }
            if bytes[place] == at { last = place }
            place += 1
        }
        guard last > start else { return false }
        if password > 0, password <= last { return password < last }
        return last - start >= 20 && (start..<last).allSatisfy { bytes[$0].isAlphanumeric }
    }

    private static let slash = UInt8(ascii: "/")
    private static let at = UInt8(ascii: "@")

    private static func has(_ text: [UInt8], _ bytes: Span<UInt8>, _ start: Int) -> Bool {
        guard bytes.count - start >= text.count else { return false }
        var offset = 0
        while offset < text.count {
            if bytes[start + offset] != text[offset] { return false }
            offset += 1
        }
        return true
    }
}
