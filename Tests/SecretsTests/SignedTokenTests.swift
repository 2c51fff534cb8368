import Secrets
import Testing

/// Three kinds of token, one purpose each (RFC 8725 §3.11, §3.12).
@Suite struct SignedTokenTests {
    private static let now: Int64 = 1_800_000_000
    private let key = SecretBytes("a key of at least thirty-two characters")
    private let issuer = "https://notes.example"

    private var expectation: SignedToken.Expectation {
        SignedToken.Expectation(keys: [KeyID.of(key): key], issuer: issuer, now: Self.now)
    }

    private func scope(_ issuer: String = "https://notes.example", from: Int64 = 0, lifetime: Int64 = 60)
        -> TokenScope
    {
        TokenScope(issuer: issuer, now: Self.now + from, lifetime: lifetime)
    }

    private func refresh(_ scope: TokenScope) -> RefreshToken {
        RefreshToken(scope: scope, subject: "s", organisation: "o", session: "f", id: "1")
    }

    private func setup(_ scope: TokenScope) -> SetupToken { SetupToken(scope: scope, organisation: "o", id: "1") }

    private func mint(_ kind: SignedToken.Kind) -> String {
        switch kind {
        case .access:
            AccessToken.mint(
                AccessToken.Claims(
                    issuer: issuer, subject: "s", organisation: "o", role: "carer", id: "1", now: Self.now,
                    lifetime: 60), key: key)
        case .refresh: refresh(scope()).mint(key: key)
        case .setup: setup(scope()).mint(key: key)
        }
    }

    private func failure(_ token: String, as kind: SignedToken.Kind) -> TokenError? {
        do throws(TokenError) {
            switch kind {
            case .access:
                _ = try AccessToken.verify(token, keys: expectation.keys, issuer: issuer, now: Self.now)
            case .refresh: _ = try RefreshToken(verifying: token, expectation)
            case .setup: _ = try SetupToken(verifying: token, expectation)
            }
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: SignedToken.Kind.allCases, SignedToken.Kind.allCases)
    func `a token passes as its own kind and no other, under the same key`(
        made: SignedToken.Kind, read: SignedToken.Kind
    ) {
        #expect(failure(mint(made), as: read) == (made == read ? nil : .wrongType))
    }

    @Test func `refresh and setup tokens say again what they were made of`() throws {
        #expect(try RefreshToken(verifying: mint(.refresh), expectation) == refresh(scope()))
        #expect(try SetupToken(verifying: mint(.setup), expectation) == setup(scope()))
    }

    @Test func `times, issuer and audience are checked in all of them`() {
        var foreign = scope()
        foreign.audience = "payroll"
        let rows: [(TokenScope, TokenError?)] = [
            (scope(from: -60 - 29, lifetime: 60), nil), (scope(from: -60 - 30, lifetime: 60), .expired),
            (scope(from: 30), nil), (scope(from: 31), .notYetValid), (scope("https://other"), .wrongIssuer),
            (foreign, .wrongAudience),
        ]
        for (scope, expected) in rows {
            #expect(failure(refresh(scope).mint(key: key), as: .refresh) == expected)
            #expect(failure(setup(scope).mint(key: key), as: .setup) == expected)
        }
    }

    @Test func `a refresh token's successor follows from token and key, and is told by neither alone`() {
        let token = refresh(scope())
        var other = token
        other.id = "2"
        #expect(token.successorID(key: key) == token.successorID(key: key))
        #expect(token.successorID(key: key) != other.successorID(key: key))
        #expect(token.successorID(key: key) != token.successorID(key: SecretBytes("another")))
        #expect(token.successorID(key: key).utf8.count == 43 && token.digest != other.digest)
    }
}
