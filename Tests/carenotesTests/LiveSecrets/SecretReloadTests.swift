import EnvSchema
import Foundation
import Secrets
import Synchronization
import Templates
import Testing
import Transport

@testable import carenotes

extension PostgresTests {
    /// The real program under load, with two logins of PostgreSQL and two users of Redis.
    struct SecretReloadTests {
        let cluster: PostgresCluster
        let redis: RedisServer
        let first: CarenotesProcess.Files

        private let databasePassword: String
        private let cachePassword: String

        init() throws {
            databasePassword = try SecretGenerator.urlSafe(length: 43)
            cachePassword = try SecretGenerator.urlSafe(length: 43)
            cluster = try WithPostgres.cluster
            try cluster.query("DROP SCHEMA IF EXISTS carenotes CASCADE")
            redis = try RedisServer()
            let cache = redis.cache()
            try PostgresTests.waitUntil { cache.ping(within: .seconds(1)) }
            let schema = try Schema(template: EnvDocument(parsing: Templates.environment))
                .restricted(to: "carenotes")
            var values: [String: String] = [:]
            for variable in schema.variables where variable.defaultValue == nil {
                values[variable.name] =
                    switch variable.generation {
                    case .hex(let bytes): try SecretGenerator.hex(bytes: bytes)
                    case .urlSafe(let length): try SecretGenerator.urlSafe(length: length)
                    case nil: "https://localhost:8443"
                    }
            }
            let database = cluster.settings()
            values["DB_HOST"] = PostgresCluster.primary
            values["DB_REPLICA_1_HOST"] = PostgresCluster.standby
            values["DB_REPLICA_2_HOST"] = "127.0.0.3"
            values["DB_PORT"] = "\(cluster.port)"
            values["DB_NAME"] = database.name
            values["DB_USERNAME"] = database.user
            values["DB_PASSWORD"] = Self.text(database.password)
            values["DB_POOL_MIN"] = "2"
            values["DB_POOL_MAX"] = "8"
            values["REDIS_PORT"] = "\(redis.port)"
            values["REDIS_USERNAME"] = redis.settings().user
            values["REDIS_PASSWORD"] = Self.text(redis.settings().password)
            values["REDIS_DB"] = "3"
            values["HEALTH_CHECK_INTERVAL"] = "1000"
            values["HEALTH_CHECK_TIMEOUT"] = "1000"
            for name in ["RATE_LIMIT_MAX_REQUESTS", "RATE_LIMIT_AUTH_MAX"] where schema[name] != nil {
                values[name] = "100000"
            }
            first = CarenotesProcess.Files(settings: values)
        }

        private static func text(_ secret: SecretBytes) -> String {
            secret.withBytes { String(decoding: $0, as: UTF8.self) }
        }

        /// The steps of a rotation: others are accepted, then they are used, and those before still accepted.
        private func steps() throws -> [CarenotesProcess.Files] {
            let fresh = [
                "JWT_SECRET": try SecretGenerator.urlSafe(length: 43),
                "JWT_REFRESH_SECRET": try SecretGenerator.urlSafe(length: 43),
                "ENCRYPTION_KEY": try SecretGenerator.hex(bytes: 32),
            ]
            func also(_ values: [String: String]) -> [String: String] {
                Dictionary(uniqueKeysWithValues: fresh.keys.map { ("\($0)_ALSO", values[$0] ?? "") })
            }
            var second = first
            second.keys = also(fresh)
            var third = CarenotesProcess.Files(
                settings: first.settings.merging(fresh) { $1 }, keys: also(first.settings))
            third.settings["DB_USERNAME"] = "carenotes_b"
            third.settings["DB_PASSWORD"] = databasePassword
            third.settings["REDIS_USERNAME"] = "carenotes_b"
            third.settings["REDIS_PASSWORD"] = cachePassword
            return [second, third]
        }

        @Test func `no request fails while every secret changes, and no session of the old logins stays`() throws {
            try cluster.addLogin("carenotes_b", password: databasePassword)
            _ = try redis.command(
                "ACL", "SETUSER", "carenotes_b", "on", "#\(Digest.sha256Hex(Array(cachePassword.utf8)))",
                "~carenotes:*", "+@all")
            let server = try CarenotesProcess(first)
            let people = try people(server)
            let load = ReloadLoad(port: server.port, token: people.token, resident: people.resident)
            let steps = try steps()
            let outcome = try load.run(refreshToken: people.refresh, credentials: people.credentials) {
                usleep(500_000)
                try server.take(steps[0], as: 2)
                usleep(300_000)
                try server.take(steps[1], as: 3)
                try waitUntilDrained()
                try cluster.query("ALTER ROLE carenotes NOLOGIN")
                defer { _ = try? cluster.query("ALTER ROLE carenotes LOGIN") }
                _ = try redis.command("ACL", "DELUSER", "carenotes")
                usleep(1_500_000)
            }
            #expect(outcome.failures == [])
            #expect(outcome.requests > 50)
            #expect(
                try cluster.query("SELECT count(*) FROM carenotes.notes") == "\(outcome.notes.count)")
            #expect(try server.metric("carenotes_generation") == "3")
            #expect(try server.metric(#"carenotes_secret_reloads_total{outcome="taken"}"#) == "2")
            for (_, value) in first.settings.merging(steps[1].settings, uniquingKeysWith: { $1 })
            where value.count > 30 {
                #expect(!server.log.contains(value))
            }
        }

        private func waitUntilDrained() throws {
            for host in [PostgresCluster.primary, PostgresCluster.standby] {
                try wait("sessions on \(host)") {
                    try cluster.query(
                        "SELECT string_agg(application_name || ' ' || state, ', ') FROM pg_stat_activity WHERE usename = 'carenotes'",
                        on: host)
                }
            }
            try wait("clients of Redis") {
                try redis.command("CLIENT", "LIST").split(separator: "\n")
                    .filter { $0.contains("user=carenotes ") }.joined(separator: "\n")
            }
        }

        /// Until nothing is left.
        private func wait(_ what: String, _ rest: () throws -> String) throws {
            var left = ""
            do {
                try PostgresTests.waitUntil {
                    left = try rest()
                    return left.isEmpty
                }
            } catch {
                throw ServerFailure(what: "\(what): \(left)")
            }
        }

        private struct People {
            var token: String
            var resident: String
            var refresh: String
            var credentials: String
        }

        private func people(_ server: CarenotesProcess) throws -> People {
            let key = SecretBytes(first.settings["JWT_SECRET"] ?? "")
            let issuer = first.settings["APP_URL"] ?? "https://localhost:8443"
            let scope = TokenScope(issuer: issuer, now: WallClock.seconds(), lifetime: 60)
            let setup = SetupToken(scope: scope, organisation: PostgresTests.organisation, id: "1").mint(key: key)
            let credentials = #"{"email":"admin@example.org","password":"\#(CareHome.password)"}"#
            let made = try Self.post(
                server, "/api/auth/setup",
                #"{"setup_token":"\#(setup)","organisation":"Rosewood House",\#(credentials.dropFirst())"#)
            let claims = AccessToken.Claims(
                issuer: issuer, subject: PostgresTests.author.subjectID, organisation: PostgresTests.organisation,
                role: "manager", id: "t", now: WallClock.seconds(), lifetime: 600)
            let token = AccessToken.mint(claims, key: key)
            let resident = try Self.post(
                server, "/api/residents", #"{"given_name":"Ada","family_name":"Byron"}"#, token: token)
            return People(
                token: token, resident: "\(resident["id"] ?? "")", refresh: "\(made["refresh_token"] ?? "")",
                credentials: credentials)
        }

        private static func post(
            _ server: CarenotesProcess, _ path: String, _ body: String, token: String = "", key: String = "k"
        ) throws -> [String: Any] {
            let reply = try HTTPClient.request(
                "POST", server.address + path, timeout: .seconds(30),
                headers: [
                    HTTPHeader("Content-Type", "application/json"), HTTPHeader("Idempotency-Key", key),
                    HTTPHeader("Authorization", "Bearer \(token)"),
                ], body: Array(body.utf8))
            guard reply.isSuccess,
                let members = try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any]
            else {
                throw ServerFailure(
                    what: "\(path): \(reply.status) \(String(decoding: reply.body, as: UTF8.self))")
            }
            return members
        }

        @Test func `what cannot be taken changes nothing, is counted, and says why without a secret`() throws {
            let server = try CarenotesProcess(first)
            var wrong = first
            wrong.settings["DB_PASSWORD"] = "not-the-password-of-anybody-here-4711"
            try server.put(wrong, inForceAs: 2)
            try refuse(server, count: 1, reason: "PostgreSQL does not take")
            wrong = first
            wrong.settings["REDIS_PASSWORD"] = "not-the-password-of-anybody-here-4711"
            try server.put(wrong, inForceAs: 3)
            try refuse(server, count: 2, reason: "Redis does not take")
            wrong = first
            wrong.settings["ENCRYPTION_KEY"] = "not-the-password-of-anybody-here-4711"
            try server.put(wrong, inForceAs: 4)
            try refuse(server, count: 3, reason: "ENCRYPTION_KEY")
            try FileManager.default.removeItem(atPath: "\(server.folder)/generations/current")
            try refuse(server, count: 4, reason: "cannot be read")
            #expect(!server.log.contains("4711"))
            var changed = first
            changed.settings["LOG_LEVEL"] = "error"
            try server.take(changed, as: 5)
            #expect(server.log.contains("settings other than secrets have changed"))
        }

        private func refuse(_ server: CarenotesProcess, count: Int, reason: String) throws {
            server.reload()
            try PostgresTests.waitUntil {
                try server.metric(#"carenotes_secret_reloads_total{outcome="refused"}"#) == "\(count)"
            }
            #expect(try server.generation() == 1)
            #expect(server.log.contains(reason))
        }
    }
}
