import Foundation
import Testing

@testable import EnvSchema

@Suite struct UnmarkedSecretTests {
    /// Not one of these is real, and none stands here as it would be searched for.
    static let tokens: [String] = [
        "-----BEGIN " + "PRIVATE KEY-----\nMIIEvQ==\n-----END", "-----BEGIN RSA " + "PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED " + "PRIVATE KEY-----",
        "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl",
        "AK" + "IAIOSFODNN7QXWZ5R2", "gh" + "p_16C7e42F292c6912E7710c838347Ae178B4a",
        "github" + "_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz", "sk" + "_live_4eC39HqLyjWDarjtT1zdp7dc",
        "sk" + "_test_4eC39HqLyjWDarjtT1zdp7dc", "wh" + "sec_Zq3vT8yLw1RkNf6BxHs2JdUc7PmEaG5o",
        "xo" + "xb-17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy",
        "AI" + "zaSyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe",
        "SG" + ".ngeVfQFYQlKU0ufo8x5d1A.TwL2iGABf9DHoTf-09kqeF8tAmbihYzrnopKc-1s5cr",
        "AGE-SECRET-" + "KEY-1QYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQSZQGPQYQS3290GQ",
        "postgres://notes:k4WnY7bQ@db.care.co.uk:5432/notes", "redis://:k4WnY7bQ@127.0.0.1:6379/0",
        "https://k4WnY7bQz2VtXe9CjLr5@sentry.care.co.uk/1",
        "Authorization: Bearer gh" + "p_16C7e42F292c6912E7710c838347Ae178B4a",
        "https://hooks.slack.com" + "/services/T0A1B2C3D/B0A1B2C3D/Zq3vT8yLw1RkNf6BxHs2JdUc",
    ]

    /// What only a machine writes, in a variable for text.
    static let keys = [
        "Zq3vT8yLw1RkNf6BxHs2JdUc7PmEaG5o", "k4WnY7bQz2VtXe9CjLr5HgSf8DuMpA1i",
        "hJ7/kd92LmQ+x8Rt5VbN3pZaWq1cYs6E4fGuT0iKoXw=",
        "mP_9xL-2vQ8wR4tY7uI1oA3sD5fG6hJk0zXcVbNe", "aB3dE5gH7jK9mN1pQ4sT!",
    ]

    /// What is none, whatever text variable it stands in.
    static let ordinary: [String] = [
        "550e8400-e29b-41d4-a716-446655440000", "550E8400-E29B-41D4-A716-446655440000",
        "1.2.3-beta.4+build.20240131",
        "v2.14.0", "image/jpeg,image/png,image/gif,application/pdf,application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "https://writecarenotes.com",
        "https://writecarenotes.com,https://app.writecarenotes.com", "https://user@care.co.uk/path?x=1",
        "http://127.0.0.1:9090/metrics", "0 2 * * *", "*/15 0-6 1,15 * 1-5", "GET,HEAD,PUT,PATCH,POST,DELETE",
        "SIGTERM,SIGINT,SIGUSR2", "/app/uploads", "/app/logs/app.log", "certs/fullchain.pem", "Europe/London",
        "DD/MM/YYYY",
        "en-GB", "10485760", "30000", "10m", "info", "writecarenotes_production", "postgres-replica-1",
        "WriteCareNotes",
        "2024-11-24T10:15:00Z", "The notes of Rosewood House, 2nd floor", "Rosewood Care Home (Leeds) Ltd.",
        "notes@rosewood.org.uk", "--max-old-space-size=4096 --max-http-header-size=16384",
        "host=db.internal port=5432",
        "WriteCareNotesProduction2024", "Care-Home-Notes-2024-Release", "writecarenotes-backups-eu-west-2-2024",
        "sk_live_your-stripe-key", "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx", "SG.example", "eyJ", "AKIA",
        "-----BEGIN CERTIFICATE-----",
        "arn:aws:s3:::care-notes-backups", "eu-west-2", "127.0.0.1", "2001:db8::1",
        "Mozilla/5.0 (X11; Linux x86_64)",
        "%Y-%m-%dT%H:%M:%S", "d41d8cd98f00b204e9800998ecf8427e", "15d", "gpt-4o-mini-2024-07-18",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    ]

    private static let schema = try? CheckerTests.schema(
        "# @type=string\nA=\n\n# @type=url\nU=\n\n# @sensitive\nS=\n")

    static func codes(_ file: String) throws -> [String] {
        let schema = try #require(schema)
        let document = EnvDocument(parsing: Array(file.utf8))
        return UnmarkedSecretCheck(schema: schema).findings(in: document)
            .map { "\($0.code.rawValue):\($0.variable ?? "-"):\($0.position?.column ?? 0)" }
    }

    static func line(_ name: String, _ value: String) -> String {
        "\(name)='" + value.replacingOccurrences(of: "'", with: "") + "'\n"
    }

    @Test(arguments: tokens)
    func `a known token is found in any variable that is not marked`(_ token: String) throws {
        #expect(try Self.codes(Self.line("A", token)) == ["unmarked-secret:A:3"])
        #expect(try Self.codes(Self.line("U", token)) == ["unmarked-secret:U:3"])
        #expect(try Self.codes(Self.line("OTHER", token)) == ["unmarked-secret:OTHER:7"])
        #expect(try Self.codes(Self.line("S", token)) == [])
    }

    @Test(arguments: keys)
    func `a random key is found in a variable for text`(_ key: String) throws {
        #expect(try Self.codes(Self.line("A", key)) == ["unmarked-secret:A:3"])
        #expect(try Self.codes(Self.line("OTHER", key)) == ["unmarked-secret:OTHER:7"])
        #expect(try Self.codes(Self.line("OTHER_ID", key)) == [])
        #expect(try Self.codes(Self.line("U", key)) == [])
        #expect(try Self.codes(Self.line("S", key)) == [])
    }

    @Test(arguments: ordinary)
    func `what is no secret is not taken for one`(_ value: String) throws {
        #expect(try Self.codes(Self.line("A", value) + Self.line("OTHER", value)) == [])
    }

    @Test(arguments: [
        ("DB_PASSWORD", true), ("PGPASSWORD", true), ("SMTP_PASS", true), ("smtp_pass", true), ("MYSQL_PWD", true),
        ("API_KEY", true), ("STRIPE_API_KEY", true), ("APIKEY", true), ("SECRET_KEY_BASE", true),
        ("JWT_SECRET_OLD", true),
        ("AUTH_TOKEN_2", true), ("TLS_PRIVATE_KEY", true), ("COMPASS", false), ("BYPASS", false),
        ("PASSWORD_FILE", false),
        ("MAX_TOKENS", false), ("PASSWORD_MIN_LENGTH", false), ("STRIPE_PUBLIC_KEY", false),
        ("TOKEN_EXPIRES_IN", false),
        ("KEY", false), ("MONKEY", false), ("SSL_KEY_PATH", false), ("PASSENGER", false), ("", false),
        ("_1", false),
    ])
    func `a name may say that its value is a secret`(name: String, isSecret: Bool) throws {
        #expect(SecretName.isOne(name) == isSecret)
        let line = name.isEmpty ? "\n" : "\(name)=hunter2\n"
        #expect(try !Self.codes(line).isEmpty == isSecret)
    }

    @Test(arguments: [
        "", "true", "No", "8080", "12.5", "15m", "/run/secrets/db", "./secret.txt", "~/token",
        "https://auth.care.co.uk/token",
        "vault.care.co.uk", "vault.care.co.uk:8200", "10.0.0.1", "op://vault/db/password", "CHANGE_ME",
        "your-password",
        "<password>", "********", "required",
    ])
    func `such a name does not make a secret of a setting`(_ value: String) throws {
        #expect(try Self.codes(Self.line("DB_PASSWORD", value)) == [])
    }

    @Test func `a retired name is told to be removed, and nothing more`() throws {
        let template = "A=\n# careinit: retired=SESSION_SECRET because=\"there are no sessions\"\n"
        let found = try CheckerTests.findings(template, "SESSION_SECRET=\(Self.keys[0])\n")
        #expect(found.map(\.code) == [.retiredName])
    }

    @Test func `what the template itself says is no secret`() throws {
        let schema = try CheckerTests.schema("# @type=string\nA_TOKEN=plain-word\n")
        let codes = { (value: String) in
            UnmarkedSecretCheck(schema: schema).findings(
                in: EnvDocument(parsing: Array("A_TOKEN=\(value)\n".utf8)))
        }
        #expect(codes("plain-word").isEmpty && codes("other-word").count == 1)
    }

    @Test func `nothing in the template looks like a secret`() throws {
        let schema = try SchemaTests.embedded()
        #expect(UnmarkedSecretCheck(schema: schema).findings(in: SchemaTests.template) == [])
        for variable in schema.variables where !variable.isSecret {
            for value in [variable.defaultValue, variable.example, variable.localValue].compactMap({ $0 }) {
                #expect(schema.mayShow(value, of: variable.name), "\(variable.name)")
            }
        }
    }

    /// Lines as older files carry them, to a template that knows none of the names.
    private static let usual = """
        NODE_ENV=production
        APP_URL=https://writecarenotes.com
        INSTANCE_ID=app-1
        DB_HOST=postgres-primary
        DB_NAME=writecarenotes_production
        DB_POOL_IDLE_TIMEOUT=30000
        JWT_EXPIRES_IN=15m
        SMTP_FROM_NAME='WriteCareNotes alerts'
        UPLOAD_ALLOWED_TYPES=image/jpeg,image/png,image/gif,application/pdf,application/msword
        LOG_FILE_PATH=/app/logs/app.log
        CORS_ORIGIN=https://writecarenotes.com,https://app.writecarenotes.com
        WEBSOCKET_PATH=/socket.io
        BACKUP_SCHEDULE='0 2 * * *'
        BACKUP_S3_BUCKET=writecarenotes-backups-2024
        SHUTDOWN_SIGNALS=SIGTERM,SIGINT,SIGUSR2
        NODE_OPTIONS=--max-old-space-size=4096
        SENTRY_TRACES_SAMPLE_RATE=0.1
        AWS_REGION=eu-west-2
        TWILIO_ACCOUNT_SID=AC9b7d2f4a6c8e0b1d3f5a7c9e1b3d5f7a
        TWILIO_PHONE_NUMBER=+447700900123
        STRIPE_PUBLIC_KEY=pk_live_4eC39HqLyjWDarjtT1zdp7dc
        OPENAI_MODEL=gpt-4o-mini-2024-07-18
        OPENAI_MAX_TOKENS=2000
        OFSTED_PROVIDER_ID=RP902345
        LA_API_ENDPOINT=https://api.leeds.gov.uk/v1/notes
        DEFAULT_DATE_FORMAT=DD/MM/YYYY

        """

    @Test func `no usual line of an older file is taken for a secret`() throws {
        #expect(try Self.codes(Self.usual) == [])
    }

    @Test func `the finding is a warning that tells nothing of the value`() throws {
        let found = try CheckerTests.findings("# @type=string\nA=\n", "A=\(Self.keys[0])\n")
        let finding = try #require(found.first)
        #expect(finding.code == .unmarkedSecret && finding.severity == .warning && found.count == 1)
        #expect(finding.reason == "A looks like a secret, and the template does not mark it as one")
        #expect(finding.fix == "mark it @sensitive in the template, or move the value to a variable that is")
    }
}
