import Secrets

@testable import carenotes

#if canImport(Glibc)
    import Glibc
#endif

/// The routes of accounts on an empty schema, as a client would ask them: every request goes through the resource's own
/// reading and gives its reply.
struct CareHome: Sendable {
    static let organisation = "00000000-0000-4000-8000-000000000001"
    static let otherOrganisation = "00000000-0000-4000-8000-000000000009"
    static let adminEmail = "admin@rosewood.example"
    static let password = "blue kettle by the window"
    private static let issuer = "https://notes.example.org"

    let cluster: PostgresCluster
    let database: Database
    let accounts: Accounts
    let spool: ScratchSpool
    private let dispatcher: Dispatcher
    private let errors: ErrorBoundary
    private let signingKey = SecretBytes(String(repeating: "s", count: 43))
    private let authenticator: Authenticator

    init() throws { try self.init(cost: Scrypt.Cost(logN: 10, r: 8, p: 1), isFresh: true) }

    /// Another replica on the same schema.
    init(sharing home: CareHome, cost: Scrypt.Cost = Scrypt.Cost(logN: 10, r: 8, p: 1)) throws {
        try self.init(cost: cost, isFresh: false)
    }

    private init(cost: Scrypt.Cost, isFresh: Bool) throws {
        cluster = try WithPostgres.cluster
        database = cluster.database(
            hosts: [PostgresCluster.primary], maximum: 8, limits: .init(call: .seconds(1), budget: .seconds(3)))
        if isFresh {
            try cluster.query("DROP SCHEMA IF EXISTS carenotes CASCADE")
            try database.migrate()
        }
        spool = ScratchSpool()
        let logger = Logger(level: .error, format: .json, output: LogOutput(descriptor: 2), common: [])
        let accountDatabase = AccountDatabase(database: database)
        accounts = Accounts(
            store: AccountStore(
                accounts: accountDatabase, attempts: LoginAttempts(encryptionKey: PostgresTests.key)),
            sessions: SessionStore(accounts: accountDatabase),
            tokens: TokenIssuer(
                issuer: Self.issuer, signingKey: signingKey,
                refreshKey: SecretBytes(String(repeating: "r", count: 43)), accessLifetime: 900,
                refreshLifetime: 7 * 86_400),
            gate: try PasswordGate(cost: cost, capacity: 32, patience: .seconds(30)), counters: AccountCounters())
        authenticator = Authenticator(issuer: Self.issuer, signingKey: signingKey)
        errors = ErrorBoundary(logger: logger)
        let key = PostgresTests.key
        let trail = AuditTrail(spool: spool.spool)
        dispatcher = Dispatcher(
            authenticator: authenticator, auth: AuthResource(accounts: accounts, trail: trail, logger: logger),
            users: UsersResource(accounts: accounts, encryptionKey: key, trail: trail, logger: logger),
            records: RecordsResource(
                notes: NoteStore(database: database, encryptionKey: key),
                residents: ResidentStore(database: database, encryptionKey: key),
                trail: trail, hash: RequestHash(encryptionKey: key), retentionDays: 2920),
            audit: AuditResource(database: database, trail: trail), trail: trail)
    }

    private var now: Int64 { WallClock.seconds() }

    func setupToken(
        organisation: String = organisation, lifetime: Int64 = 60, key: SecretBytes? = nil
    ) throws -> String {
        let scope = TokenScope(issuer: Self.issuer, now: now, lifetime: lifetime)
        return SetupToken(scope: scope, organisation: organisation, id: try SecretGenerator.uuid())
            .mint(key: key ?? signingKey)
    }

    func identity(_ token: String) throws -> Identity {
        var headers = FieldList()
        headers.append("Authorization", "Bearer \(token)")
        return try authenticator.identity(headers, now: now)
    }
}

extension CareHome {
    func setUp(
        _ token: String, email: String = adminEmail, password: String = password,
        organisation: String = "Rosewood House"
    ) throws -> Reply {
        ask(
            .post, .authSetup,
            #"{"setup_token":"\#(token)","organisation":"\#(organisation)","email":"\#(email)","password":"\#(password)"}"#
        )
    }

    func logIn(
        email: String = adminEmail, password: String = password, from source: String? = nil
    ) throws -> Reply {
        ask(
            .post, .authLogin, #"{"email":"\#(email)","password":"\#(password)"}"#,
            source.map { [("X-Forwarded-For", $0)] } ?? [])
    }

    func refresh(_ token: String) throws -> Reply { ask(.post, .authRefresh, #"{"refresh_token":"\#(token)"}"#) }

    func logOut(_ token: String, everywhere: Bool = false) throws -> Reply {
        ask(.post, .authLogout, #"{"refresh_token":"\#(token)","everywhere":\#(everywhere)}"#)
    }

    func changePassword(_ token: String, from old: String = password, to new: String) throws -> Reply {
        ask(
            .post, .authPassword, #"{"current_password":"\#(old)","new_password":"\#(new)"}"#,
            [("Authorization", "Bearer \(token)")])
    }

    func me(_ token: String) throws -> Reply { ask(.get, .authMe, nil, [("Authorization", "Bearer \(token)")]) }

    func addUser(
        _ token: String, email: String, role: String = "carer", key: String? = nil
    ) throws -> Reply {
        ask(
            .post, .users, #"{"email":"\#(email)","password":"\#(Self.password)","role":"\#(role)"}"#,
            [("Authorization", "Bearer \(token)"), ("Idempotency-Key", key ?? email)])
    }

    func users(_ token: String, limit: Int = 50, cursor: String? = nil) throws -> Reply {
        ask(
            .get, .users, nil, [("Authorization", "Bearer \(token)")],
            query: [("limit", "\(limit)")] + (cursor.map { [("cursor", $0)] } ?? []))
    }

    func change(_ token: String, _ body: String) throws -> Reply {
        ask(.patch, .users, body, [("Authorization", "Bearer \(token)")])
    }

    func disable(_ token: String, _ id: String) throws -> Reply {
        try change(token, #"{"id":"\#(id)","disabled":true}"#)
    }

    private func ask(
        _ method: Method, _ route: Route, _ body: String?, _ headers: [(String, String)] = [],
        query: [(String, String)] = []
    ) -> Reply {
        var request = Request(method: method, route: route, id: "r")
        for (name, value) in headers { request.headers.append(name, value) }
        for (name, value) in query { request.query.append(name, value) }
        if let body {
            request.headers.append("Content-Type", "application/json")
            request.body = Array(body.utf8)
        }
        return errors.reply(to: request) {
            guard let operation = Operation(route, method),
                let work = try dispatcher.work(operation, request, now: now)
            else { throw ServerFailure(what: "no such operation") }
            return try work()
        }
    }
}

/// A reply as a client reads it.
extension Reply {
    var text: String { String(decoding: body, as: UTF8.self) }

    /// The first string member of that name, at whatever depth; empty where there is none.
    func text(_ name: String) -> String { after("\"\(name)\":\"").map { String($0.prefix { $0 != "\"" }) } ?? "" }

    /// The first number of that name; -1 where there is none.
    func number(_ name: String) -> Int {
        after("\"\(name)\":").flatMap { Int($0.prefix { $0.isNumber }) } ?? -1
    }

    private func after(_ mark: String) -> Substring? {
        let text = text
        return text.firstRange(of: mark).map { text[$0.upperBound...] }
    }

    var code: String { text("code") }
    var accessToken: String { text("access_token") }
    var refreshToken: String { text("refresh_token") }
    var emails: [String] { text.matches(of: /"email":"([^"]*)"/).map { String($0.1) } }
    /// The id inside the refresh token.
    var refreshID: String {
        let payload = refreshToken.split(separator: ".").dropFirst().first ?? ""
        let claims = String(decoding: Base64URL.decode(payload.utf8) ?? [], as: UTF8.self)
        return claims.firstMatch(of: /"jti":"([^"]*)"/).map { String($0.1) } ?? "no id"
    }

    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
}

extension PostgresCluster {
    /// Everything that stands in the tables.
    func dump(_ tables: String...) throws -> String {
        try tables.map { try query("SELECT * FROM carenotes.\($0)") }.joined(separator: "\n")
    }
}
