import Secrets
import TestSupport
import Testing

/// Published examples and attacks on the signature alone; what our own tokens say is `AccessTokenTests`' matter.
@Suite struct JSONWebSignatureTests {
    /// RFC 7515 A.1.1.
    private static let key =
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
    private static let payload =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    private static let example =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\(payload).dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

    private func failure(_ token: String) throws -> TokenError? {
        let key = SecretBytes(try #require(Base64URL.decode(Self.key.utf8)))
        do throws(TokenError) {
            _ = try JSONWebSignature.verify(token) { _ throws(TokenError) in key }
            return nil
        } catch {
            return error
        }
    }

    @Test func `the HS256 example of RFC 7515 A.1 is accepted, with its payload`() throws {
        let key = SecretBytes(try #require(Base64URL.decode(Self.key.utf8)))
        let payload = try JSONWebSignature.verify(Self.example) { header throws(TokenError) in
            #expect(header["typ"] == .string("JWT"))
            return key
        }
        #expect(Base64URL.encode(payload) == Self.payload)
    }

    /// RFC 7515 A.2 (RS256), A.3 (ES256), A.4 (ES512), A.5 (unsecured), and the two JSON forms of A.6 and A.7.
    @Test(arguments: [
        (
            "eyJhbGciOiJSUzI1NiJ9.\(payload).cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4"
                + "Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLI"
                + "ARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6"
                + "IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw",
            TokenError.wrongAlgorithm
        ),
        (
            "eyJhbGciOiJFUzI1NiJ9.\(payload)."
                + "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q",
            .wrongAlgorithm
        ),
        (
            "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGD"
                + "KB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNNmxYbSW9ERBXukOXolLzeO_Jn",
            .wrongAlgorithm
        ),
        ("eyJhbGciOiJub25lIn0.\(payload).", .wrongAlgorithm),
        (
            #"{"payload":"\#(payload)","signatures":[{"protected":"eyJhbGciOiJSUzI1NiJ9","header":{"kid":"2010-12-29"},"#
                + #""signature":"cC4h"}]}"#, .malformed
        ),
        (
            #"{"payload":"\#(payload)","protected":"eyJhbGciOiJFUzI1NiJ9","header":{"kid":"e9bc"},"signature":"DtEh"}"#,
            .malformed
        ),
    ])
    func `the other examples of RFC 7515 are refused`(token: String, expected: TokenError) throws {
        #expect(try failure(token) == expected)
    }

    @Test(arguments: [
        ("example with padding", example + "=", TokenError.badSignature),
        ("padded header", example.replacing(".", with: "==.", maxReplacements: 1), .malformed),
        ("no signature", example.split(separator: ".").prefix(2).joined(separator: ".") + ".", .badSignature),
        ("a fourth part", example + ".", .malformed), ("white space", " " + example, .malformed),
        ("a line break at its end", example + "\n", .badSignature), ("nothing", "", .malformed),
        ("dots", "..", .malformed),
        ("bits that stand for nothing", String(example.dropLast()) + "l", .badSignature),
        ("the standard alphabet", example.replacing("-", with: "+"), .badSignature),
        ("4097 bytes", String(repeating: "a", count: 4097), .tooLong),
    ])
    func `other forms of the example are refused`(name: String, token: String, expected: TokenError) throws {
        #expect(try failure(token) == expected, "\(name)")
    }

    /// RFC 8725 §3.1 and §3.10: signed well, with a header that would have a verifier fetch or trust a key, or do more than
    /// it knows.
    @Test(arguments: [
        #""jku":"https://evil.example/keys""#, #""x5u":"https://evil.example/cert""#, #""x5c":"MIIB""#,
        #""x5t":"a""#, #""x5t#S256":"a""#, #""jwk":"k""#, #""crit":"exp""#, #""crit":null"#, #""b64":false"#,
        #""zip":"DEF""#, #""enc":"A256GCM""#,
    ])
    func `a header that names a key or an extension is refused, however well it is signed`(member: String) throws {
        #expect(try failure(sign(#"{"alg":"HS256",\#(member)}"#)) == .refusedHeader)
        #expect(try failure(sign(#"{"alg":"HS256"}"#)) == nil)
    }

    @Test(arguments: [
        #"{"alg":"HS256","jwk":{"kty":"oct","k":"AAAA"}}"#, #"{"alg":["HS256"]}"#,
        #"{"alg":"HS256","alg":"none"}"#,
        #"{"\u0061lg":"HS256","alg":"HS256"}"#, #"{"alg":"HS256"}{}"#, #"{"alg":"HS256",}"#, "HS256", "null",
    ])
    func `a header that two readers could read differently is no header`(header: String) throws {
        let failure = try failure(sign(header))
        #expect(failure == .malformed)
    }

    @Test(arguments: [
        "none", "None", "NONE", "nOnE", "", "HS256 ", "hs256", "HS384", "HS512", "RS256", "ES256", "PS256",
        "EdDSA",
    ])
    func `any other algorithm is refused, signed or not`(name: String) throws {
        #expect(try failure(sign(#"{"alg":"\#(name)"}"#)) == .wrongAlgorithm)
        let bare = Base64URL.encode(Array(#"{"alg":"\#(name)"}"#.utf8)) + "." + Self.payload + "."
        #expect(try failure(bare) == .wrongAlgorithm)
    }

    /// Every single bit of the example, and three thousand random damages, by a seed.
    @Test func `no changed bit passes`() throws {
        let bytes = Array(Self.example.utf8)
        for place in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[place] ^= 1 << bit
                #expect(try failure(String(decoding: damaged, as: UTF8.self)) != nil, "byte \(place), bit \(bit)")
            }
        }
        var random = SeededGenerator(seed: 7515)
        for _ in 0..<3000 {
            let damaged = random.damaged(bytes)
            if damaged != bytes { #expect(try failure(String(decoding: damaged, as: UTF8.self)) != nil) }
        }
    }

    private func sign(_ header: String) throws -> String {
        let signed = Base64URL.encode(Array(header.utf8)) + "." + Self.payload
        let key = try #require(Base64URL.decode(Self.key.utf8))
        return signed + "." + Base64URL.encode(Digest.hmacSHA256(key: key, Array(signed.utf8)))
    }
}
