import Secrets
import Testing

@testable import carenotes

@Suite("Access tokens at carenotes' door")
struct AuthenticatorTests {
    private static let key = SecretBytes(String(repeating: "k", count: 43))
    private static let now: Int64 = 1_800_000_000
    private static let id = "00000000-0000-4000-8000-00000000000a"

    private func token(issuer: String = "https://a", subject: String = id, key: SecretBytes = key) -> String {
        AccessToken.mint(
            .init(
                issuer: issuer, subject: subject, organisation: subject, role: "carer", id: "1", now: Self.now,
                lifetime: 60),
            key: key)
    }

    private func identity(_ fields: [String]) throws(Problem) -> Identity {
        var headers = FieldList()
        for field in fields { headers.append("authorization", field) }
        return try Authenticator(issuer: "https://a", signingKey: Self.key).identity(headers, now: Self.now)
    }

    @Test("a genuine token names organisation and author, in lower case")
    func genuine() throws {
        let upper = token(subject: Self.id.uppercased())
        #expect(
            try identity(["bearer \(upper)"])
                == Identity(organisationID: Self.id, subjectID: Self.id, role: .carer))
    }

    @Test("none, two, or another scheme is a missing token")
    func missing() {
        for fields in [[], ["Basic abc"], ["Bearer"], ["Bearer \(token())", "Bearer \(token())"]] {
            let problem = #expect(throws: Problem.self) { try identity(fields) }
            #expect(problem?.code == .missingToken && problem?.status == .unauthorized)
        }
    }

    @Test("another issuer, another key, no UUID or rubbish is refused alike")
    func invalid() {
        let others = [
            token(issuer: "https://b"), token(subject: "nobody"),
            token(key: SecretBytes(String(repeating: "x", count: 43))), "a.b.c",
        ]
        for other in others {
            let problem = #expect(throws: Problem.self) { try identity(["Bearer \(other)"]) }
            #expect(problem?.code == .invalidToken)
            #expect(problem?.headers.first?.value.contains("invalid_token") == true)
        }
    }
}
