import Secrets
import TestSupport
import Testing

@Suite struct AccessTokenTests {
    private static let now: Int64 = 1_800_000_000
    private let key = SecretBytes("a key of at least thirty-two characters")
    private let issuer = "https://notes.example"
    private var keys: [String: SecretBytes] { [KeyID.of(key): key] }
    private var claims: AccessToken.Claims {
        AccessToken.Claims(
            issuer: issuer, subject: "carer", organisation: "home", role: "carer", id: "1", now: Self.now,
            lifetime: 900)
    }

    /// RFC 7515 A.1: the signature over its header and payload. The token as a whole is not one of ours.
    @Test func `the signature is that of RFC 7515`() throws {
        let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
        let signed =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
            + "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        let signature = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        let key = SecretBytes(try #require(Base64URL.decode(secret.utf8)))
        #expect(Base64URL.encode(Digest.hmacSHA256(key: key, Array(signed.utf8))) == signature)
        #expect(throws: TokenError.wrongType) {
            try AccessToken.verify("\(signed).\(signature)", keys: ["": key], issuer: "joe", now: 1_300_819_000)
        }
    }

    @Test func `a minted token is verified, with its claims`() throws {
        let token = AccessToken.mint(claims, key: key)
        #expect(try AccessToken.verify(token, keys: keys, issuer: issuer, now: Self.now) == claims)
    }

    @Test(arguments: [
        (Int64(-31), TokenError?.some(.notYetValid)), (-30, nil), (0, nil), (929, nil), (930, .expired),
        (1_000_000, .expired),
    ])
    func `validity ends at both ends, with 30 seconds of leeway`(offset: Int64, expected: TokenError?) {
        let token = AccessToken.mint(claims, key: key)
        var failure: TokenError?
        do throws(TokenError) {
            _ = try AccessToken.verify(token, keys: keys, issuer: issuer, now: Self.now + offset)
        } catch {
            failure = error
        }
        #expect(failure == expected)
    }

    @Test func `another issuer, audience, or key is refused by name`() {
        let token = AccessToken.mint(claims, key: key)
        var foreign = claims
        foreign.audience = "payroll"
        #expect(throws: TokenError.wrongIssuer) {
            try AccessToken.verify(token, keys: keys, issuer: "https://other", now: Self.now)
        }
        #expect(throws: TokenError.wrongAudience) {
            try AccessToken.verify(
                AccessToken.mint(foreign, key: key), keys: keys, issuer: issuer, now: Self.now)
        }
        #expect(throws: TokenError.unknownKey) {
            try AccessToken.verify(token, keys: [:], issuer: issuer, now: Self.now)
        }
        #expect(throws: TokenError.badSignature) {
            try AccessToken.verify(
                token, keys: [KeyID.of(key): SecretBytes("another")], issuer: issuer, now: Self.now)
        }
    }

    @Test(arguments: [
        (#"{"alg":"none","typ":"at+jwt","kid":"K"}"#, TokenError.wrongAlgorithm),
        (#"{"alg":"HS512","typ":"at+jwt","kid":"K"}"#, .wrongAlgorithm),
        (#"{"alg":"hs256","typ":"at+jwt","kid":"K"}"#, .wrongAlgorithm),
        (#"{"typ":"at+jwt","kid":"K"}"#, .wrongAlgorithm),
        (#"{"alg":"HS256","typ":"JWT","kid":"K"}"#, .wrongType),
        (#"{"alg":"HS256","kid":"K"}"#, .wrongType),
        (#"{"alg":"HS256","typ":"at+jwt"}"#, .refusedHeader),
        (#"{"alg":"HS256","typ":"at+jwt","kid":7}"#, .refusedHeader),
        (#"{"alg":"HS256","typ":"at+jwt","kid":"K","crit":"b64"}"#, .refusedHeader),
        (#"{"alg":"HS256","typ":"at+jwt","kid":"K","cty":"JWT"}"#, .refusedHeader),
        (#"{"alg":"HS256","typ":"AT+JWT","kid":"K"}"#, .wrongType),
        (#"{"alg":"HS256","typ":"at+jwt","kid":"k"}"#, .unknownKey),
        (#"{"alg":"HS256","alg":"none","typ":"at+jwt","kid":"K"}"#, .malformed),
        (#"{"alg":"HS256","typ":"at+jwt","kid":"K"} x"#, .malformed),
        ("[]", .malformed), ("", .malformed),
    ])
    func `a header that is not ours is refused, however well it is signed`(header: String, expected: TokenError) {
        let header = header.replacing("\"K\"", with: "\"\(KeyID.of(key))\"")
        let token = sign(header: header, payload: validPayload)
        #expect(throws: expected) { try AccessToken.verify(token, keys: keys, issuer: issuer, now: Self.now) }
    }

    @Test(arguments: [
        ("\"sub\":\"carer\",", ""), ("\"role\":\"carer\",", ""), ("\"sub\":\"carer\"", "\"sub\":\"\""),
        ("\"org\":\"home\"", "\"org\":1"),
        ("\"exp\":1800000900", "\"exp\":\"1800000900\""), ("\"exp\":1800000900", "\"exp\":1800000900.5"),
        ("\"exp\":1800000900", "\"exp\":18e8"), ("\"exp\":1800000900", "\"exp\":99999999999999999999"),
        ("\"iat\":1800000000", "\"iat\":-1"), ("\"jti\":\"1\"", "\"jti\":null"),
        ("\"aud\":\"carenotes\"", "\"aud\":[\"carenotes\"]"), ("\"jti\":\"1\"", "\"jti\":\"1\",\"jti\":\"2\""),
        ("\"jti\":\"1\"", "\"jti\":\"\\ud800\""),
    ])
    func `a payload that lacks or twists a claim is malformed, however well it is signed`(
        part: String, replacement: String
    ) {
        #expect(validPayload.contains(part))
        // The payload itself is a good one, so that the part alone is what makes it malformed.
        #expect(throws: Never.self) {
            try AccessToken.verify(
                sign(header: validHeader, payload: validPayload), keys: keys, issuer: issuer, now: Self.now)
        }
        let token = sign(header: validHeader, payload: validPayload.replacing(part, with: replacement))
        #expect(throws: TokenError.malformed) {
            try AccessToken.verify(token, keys: keys, issuer: issuer, now: Self.now)
        }
    }

    @Test func `a claim of a later release is left alone`() throws {
        let payload = validPayload.replacing("\"jti\"", with: "\"scope\":\"notes\",\"amr\":true,\"jti\"")
        let token = sign(header: validHeader, payload: payload)
        #expect(try AccessToken.verify(token, keys: keys, issuer: issuer, now: Self.now).subject == "carer")
    }

    @Test func `text in claims survives, whatever it is`() throws {
        var claims = claims
        claims.subject = "\"\\\u{1}\n\u{7F}é🙂/"
        let token = AccessToken.mint(claims, key: key)
        #expect(try AccessToken.verify(token, keys: keys, issuer: issuer, now: Self.now) == claims)
    }

    /// Nothing but the token itself passes: not one changed bit, nor another text of the same bytes.
    @Test func `damaged tokens never pass`() {
        var random = SeededGenerator(seed: 7519)
        let token = Array(AccessToken.mint(claims, key: key).utf8)
        for _ in 0..<3000 {
            let damaged = random.damaged(token)
            if damaged == token { continue }
            let text = String(decoding: damaged, as: UTF8.self)
            #expect(throws: TokenError.self) {
                try AccessToken.verify(text, keys: keys, issuer: issuer, now: Self.now)
            }
        }
    }

    /// Payloads that are signed but damaged reach the JSON reader: it must refuse or read, and never trap.
    @Test func `damaged payloads are read or refused`() {
        var random = SeededGenerator(seed: 8259)
        for _ in 0..<3000 {
            let payload = random.damaged(Array(validPayload.utf8))
            let token = sign(header: Array(validHeader.utf8), payload: payload)
            _ = try? AccessToken.verify(token, keys: keys, issuer: issuer, now: Self.now)
        }
    }

    private var validHeader: String { #"{"alg":"HS256","typ":"at+jwt","kid":"\#(KeyID.of(key))"}"# }
    private var validPayload: String {
        #"{"iss":"https://notes.example","aud":"carenotes","sub":"carer","org":"home","role":"carer","#
            + #""iat":1800000000,"nbf":1800000000,"exp":1800000900,"jti":"1"}"#
    }

    private func sign(header: String, payload: String) -> String {
        sign(header: Array(header.utf8), payload: Array(payload.utf8))
    }

    private func sign(header: [UInt8], payload: [UInt8]) -> String {
        let signed = Base64URL.encode(header) + "." + Base64URL.encode(payload)
        return signed + "." + Base64URL.encode(Digest.hmacSHA256(key: key, Array(signed.utf8)))
    }
}
