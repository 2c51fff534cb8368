import Testing

@testable import EnvSchema

/// A template without annotations, as most projects have one.
@Suite struct InferenceTests {
    static let template = """
        # Settings
        PORT=3001
        # the level (error, warn, info, debug)
        LOG_LEVEL=info
        # json or simple
        LOG_FORMAT=json
        METRICS_ENABLED=true
        APP_URL=https://care.org
        SMTP_PASS=your-password
        STRIPE_PUBLIC_KEY=pk
        RETRIES=3
        DEFAULT_TIMEZONE=Europe/London
        BACKUP_SCHEDULE=0 2 * * *
        PRICE='5$'
        FREE=a $X text

        """

    static let schema = Result { () throws(TemplateError) in
        try Schema(template: EnvDocument(parsing: Array(template.utf8)))
    }

    static let types: [(String, ValueType)] = [
        ("PORT", .port(min: 1, max: 65_535)), ("LOG_LEVEL", .enumeration(["error", "warn", "info", "debug"])),
        ("LOG_FORMAT", .string), ("METRICS_ENABLED", .boolean), ("APP_URL", .url(URLRule())),
        ("RETRIES", .number(NumberRule())), ("DEFAULT_TIMEZONE", .timeZone), ("BACKUP_SCHEDULE", .cron),
    ]

    @Test(arguments: types)
    func `a type is told by name, value and help`(_ name: String, _ type: ValueType) throws {
        #expect(try Self.schema.get()[name]?.type == type)
    }

    @Test func `a name tells a secret, and nothing is required`() throws {
        let variables = try Self.schema.get().variables
        #expect(variables.filter(\.isSecret).map(\.name) == ["SMTP_PASS"])
        #expect(variables.allSatisfy { $0.requirement == .never })
    }
}
