package import EnvSchema
package import Secrets

/// What carenotes is configured with, each variable read once.
package struct Settings: Sendable, Equatable {
    package var environment: String
    /// The origin of APP_URL, which is the issuer of access tokens.
    package var origin: String
    /// The origins of CORS_ORIGIN.
    package var allowedOrigins: Set<String>
    package var name: String
    /// The port of the first replica.
    package var firstPort: UInt16
    package var database: Database
    package var redis: Redis
    package var signingKey: SecretBytes
    package var refreshKey: SecretBytes
    package var encryptionKey: SecretBytes
    package var tokenLifetime: Duration
    package var refreshLifetime: Duration
    package var logLevel: String
    package var logFormat: String
    package var healthInterval: Duration
    package var healthTimeout: Duration
    package var shutdownTimeout: Duration
    package var circuitThreshold: Int
    package var circuitTimeout: Duration
    /// Days after the end of care from which on a record is due for appraisal.
    package var retentionDays: Int
    /// Days after which an event of the audit trail is listed as due for appraisal.
    package var auditRetentionDays: Int
    package var rateLimit: RateLimit
    /// How long a list stays in Redis.
    package var cacheTime: Duration

    package struct RateLimit: Sendable, Equatable {
        /// Requests of one caller within the window.
        package var requests: Int
        package var window: Duration
    }

    package struct Database: Sendable, Equatable {
        package var hosts: [String]
        package var port: UInt16
        package var name: String
        package var user: String
        package var password: SecretBytes
        package var poolMinimum: Int
        package var poolMaximum: Int
        package var idleTimeout: Duration
        package var acquireTimeout: Duration
    }

    package struct Redis: Sendable, Equatable {
        package var host: String
        package var port: UInt16
        package var user: String
        package var password: SecretBytes
        package var number: Int
    }

    package init(_ configuration: Configuration) throws(ConfigurationError) {
        environment = try configuration.string("APP_ENV")
        origin = try configuration.string("APP_URL")
        guard let allowed = CrossOrigin.parse(try configuration.optional("CORS_ORIGIN") ?? "") else {
            throw ConfigurationError(code: .wrongType, variable: "CORS_ORIGIN")
        }
        allowedOrigins = allowed
        name = try configuration.string("APP_NAME")
        firstPort = try configuration.port("PORT")
        database = try Database(configuration)
        redis = try Redis(configuration)
        signingKey = SecretBytes(try configuration.string("JWT_SECRET"))
        refreshKey = SecretBytes(try configuration.string("JWT_REFRESH_SECRET"))
        guard let key = Hex.decode(try configuration.string("ENCRYPTION_KEY")) else {
            throw ConfigurationError(code: .wrongType, variable: "ENCRYPTION_KEY")
        }
        encryptionKey = SecretBytes(key)
        tokenLifetime = try configuration.duration("JWT_EXPIRES_IN")
        refreshLifetime = try configuration.duration("JWT_REFRESH_EXPIRES_IN")
        logLevel = try configuration.string("LOG_LEVEL")
        logFormat = try configuration.string("LOG_FORMAT")
        healthInterval = try configuration.milliseconds("HEALTH_CHECK_INTERVAL")
        healthTimeout = try configuration.milliseconds("HEALTH_CHECK_TIMEOUT")
        shutdownTimeout = try configuration.milliseconds("SHUTDOWN_TIMEOUT")
        circuitThreshold = try configuration.integer("CIRCUIT_BREAKER_THRESHOLD")
        circuitTimeout = try configuration.milliseconds("CIRCUIT_BREAKER_TIMEOUT")
        retentionDays = try configuration.integer("DATA_RETENTION_DAYS")
        rateLimit = RateLimit(
            requests: try configuration.integer("RATE_LIMIT_MAX_REQUESTS"),
            window: try configuration.milliseconds("RATE_LIMIT_WINDOW_MS"))
        cacheTime = .seconds(try configuration.integer("CACHE_TTL"))
        auditRetentionDays = try configuration.integer("AUDIT_LOG_RETENTION_DAYS")
    }
}

extension Settings.Database {
    init(_ configuration: Configuration) throws(ConfigurationError) {
        hosts = [
            try configuration.string("DB_HOST"), try configuration.string("DB_REPLICA_1_HOST"),
            try configuration.string("DB_REPLICA_2_HOST"),
        ]
        port = try configuration.port("DB_PORT")
        name = try configuration.string("DB_NAME")
        user = try configuration.string("DB_USERNAME")
        password = SecretBytes(try configuration.string("DB_PASSWORD"))
        poolMinimum = try configuration.integer("DB_POOL_MIN")
        poolMaximum = try configuration.integer("DB_POOL_MAX")
        idleTimeout = try configuration.milliseconds("DB_POOL_IDLE_TIMEOUT")
        acquireTimeout = try configuration.milliseconds("DB_POOL_ACQUIRE_TIMEOUT")
    }
}

extension Settings.Redis {
    init(_ configuration: Configuration) throws(ConfigurationError) {
        host = try configuration.string("REDIS_HOST")
        port = try configuration.port("REDIS_PORT")
        user = try configuration.string("REDIS_USERNAME")
        password = SecretBytes(try configuration.string("REDIS_PASSWORD"))
        number = try configuration.integer("REDIS_DB")
    }
}
