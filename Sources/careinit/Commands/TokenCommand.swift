import EnvSchema
import Secrets

/// `careinit token`: one access token for carenotes' API, for a first `curl`, tests and the load generator.
enum TokenCommand {
    static let command = Command(
        name: "token",
        summary: "Print an access token for the notes API, signed with the JWT_SECRET of a .env.",
        options: [
            .init(
                name: "--organisation", value: "UUID",
                help: "Whose records it opens (default: \(TokenRequest.standardOrganisation))."),
            .init(
                name: "--subject", value: "UUID",
                help: "Who acts: the author of notes (default: \(TokenRequest.standardSubject))."),
            .init(
                name: "--role", value: "ROLE",
                help:
                    "What it lets the subject do: \(TokenRequest.roles.joined(separator: ", ")) (default: carer).",
                values: TokenRequest.roles),
            .init(
                name: "--lifetime", value: "TIME",
                help: "How long it is valid, from 1s to 24h (default: JWT_EXPIRES_IN)."),
            .environmentFile,
        ],
        examples: [
            .init(line: "careinit token", meaning: "A token for a first try, with the .env of this folder."),
            .init(
                line: "curl --oauth2-bearer \"$(careinit token)\" --cacert certs/fullchain.pem URL",
                meaning: "A request with such a token, such as https://localhost:8443/api/notes."),
            .init(
                line: "careinit token --role manager --lifetime 12h > token.txt",
                meaning: "A token file for careload, which takes residents in, for one shift."
            ),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let request = try TokenRequest(invocation)
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        let configuration = try EnvironmentFile.requireValid(project, console: invocation.console)
        invocation.console.print(try request.token(configuration: configuration, now: Timestamp.now()))
        return .success
    }
}

/// What a token is asked for.
struct TokenRequest: Equatable {
    /// Documented, so that a first note and its reader find each other; nobody's in particular.
    static let standardOrganisation = "00000000-0000-4000-8000-000000000001"
    static let standardSubject = "00000000-0000-4000-8000-000000000002"

    static let roles = ["admin", "manager", "carer", "read-only"]

    var organisation = standardOrganisation
    var subject = standardSubject
    var role = "carer"
    /// In seconds; nil for JWT_EXPIRES_IN.
    var lifetime: Int64?

    /// The token, valid from `now` on, in seconds since 1970.
    func token(configuration: Configuration, now: Int64) throws -> String {
        let standard = try configuration.duration("JWT_EXPIRES_IN").components.seconds
        let claims = AccessToken.Claims(
            issuer: try configuration.string("APP_URL"), subject: subject, organisation: organisation,
            role: role, id: try SecretGenerator.uuid(), now: now, lifetime: lifetime ?? standard)
        return AccessToken.mint(claims, key: SecretBytes(try configuration.string("JWT_SECRET")))
    }
}

extension TokenRequest {
    /// - Throws: exit code 64 for what is no UUID, no role or no lifetime.
    init(_ invocation: Invocation) throws(CommandFailure) {
        organisation = try Self.identifier(invocation, "--organisation") ?? Self.standardOrganisation
        subject = try Self.identifier(invocation, "--subject") ?? Self.standardSubject
        role = try Self.role(invocation)
        lifetime = try Self.lifetime(invocation)
    }

    private static func role(_ invocation: Invocation) throws(CommandFailure) -> String {
        let word = invocation.value("--role") ?? "carer"
        guard roles.contains(word) else {
            throw CommandFailure(
                .usage, "“\(word)” is not a role", place: "--role",
                fix: "--role \(roles.joined(separator: ", --role "))")
        }
        return word
    }

    /// Lower case, as carenotes demands it: one organisation must not have two spellings.
    static func identifier(_ invocation: Invocation, _ option: String) throws(CommandFailure) -> String? {
        guard let text = invocation.value(option) else { return nil }
        let groups = text.lowercased().utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let digits = "0123456789abcdef".utf8
        guard groups.map(\.count) == [8, 4, 4, 4, 12], groups.joined().allSatisfy(digits.contains) else {
            throw CommandFailure(
                .usage, "“\(text)” is not a UUID", place: option, fix: "\(option) \(standardOrganisation)")
        }
        return text.lowercased()
    }

    static func lifetime(_ invocation: Invocation) throws(CommandFailure) -> Int64? {
        guard let text = invocation.value("--lifetime") else { return nil }
        guard let lifetime = DurationSyntax.parse(text), (.seconds(1)...(.seconds(86_400))).contains(lifetime)
        else {
            throw CommandFailure(
                .usage, "“\(text)” is not a time from 1s to 24h", place: "--lifetime", fix: "--lifetime 15m")
        }
        return lifetime.components.seconds
    }
}
