import Foundation
import Secrets

@testable import carenotes

/// A primary on 127.0.0.1 and its synchronous standby on 127.0.0.2, with the roles that the stack makes.
final class PostgresCluster: @unchecked Sendable {
    static let programs = "/usr/lib/postgresql"
    let folder: String
    let port: UInt16
    private let password: String
    private var servers: [String: ServerProcess] = [:]

    static let primary = "127.0.0.1"
    static let standby = "127.0.0.2"

    init() throws {
        folder = try Self.makeFolder()
        port = try FreePort.find()
        password = try SecretGenerator.urlSafe(length: 43)
        do {
            try makePrimary()
            try makeRoles()
            try makeStandby()
        } catch {
            end()
            throw error
        }
    }

    func end() {
        servers.values.forEach { $0.end(SIGQUIT) }
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Settings with small pools; the third host is never there.
    func settings(hosts: [String] = [primary, standby, "127.0.0.3"], maximum: Int = 4) -> Settings.Database {
        Settings.Database(
            hosts: hosts, port: port, name: "care_notes", user: "carenotes", password: SecretBytes(password),
            poolMinimum: 0, poolMaximum: maximum, idleTimeout: .seconds(30), acquireTimeout: .seconds(5))
    }

    /// With short limits, so that a test of what is away takes no 10 s.
    func database(
        instance: Int = 1, hosts: [String] = [primary, standby, "127.0.0.3"], maximum: Int = 4,
        limits: DatabaseAccess.Limits = DatabaseAccess.Limits(call: .seconds(2), budget: .seconds(8))
    ) -> Database {
        Database(
            settings(hosts: hosts, maximum: maximum), instance: instance, threshold: 5, openTime: .seconds(5),
            limits: limits)
    }

    /// As superuser, over the server's own socket.
    @discardableResult
    func query(_ sql: String, on host: String = primary, database: String = "care_notes") throws -> String {
        let arguments = [
            "-X", "-h", socket(host), "-p", "\(port)", "-U", "postgres", "-d", database, "-v",
            "ON_ERROR_STOP=1", "-Atqc", sql,
        ]
        return try ServerProcess.run(Self.program("psql"), arguments)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The folder of its socket, outside its data, which the standby is a copy of.
    private func socket(_ host: String) -> String { "\(folder)/socket-\(host)" }

    func server(_ host: String) -> ServerProcess? { servers[host] }

    /// Starts the server and waits until it takes logins.
    func start(_ host: String) throws {
        try ServerProcess.run("mkdir", ["-p", socket(host)])
        servers[host] = try ServerProcess(
            Self.program("postgres"),
            ["-D", "\(folder)/\(host)", "-c", "listen_addresses=\(host)", "-c", "port=\(port)"]
                + ["-c", "unix_socket_directories=\(socket(host))"],
            isPostgres: true, output: "\(folder)/\(host).log")
        for _ in 0..<400 {
            if (try? query("SELECT 1", on: host, database: "postgres")) == "1" { return }
            usleep(25_000)
        }
        throw ServerFailure(what: (try? String(contentsOfFile: "\(folder)/\(host).log", encoding: .utf8)) ?? "")
    }

    func waitForStandby() throws {
        for _ in 0..<400 {
            if try query("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == "1" { return }
            usleep(25_000)
        }
        throw ServerFailure(what: "no synchronous standby")
    }
}

extension PostgresCluster {
    private static func makeFolder() throws -> String {
        var template = Array("/tmp/carenotes-test-XXXXXX".utf8CString)
        guard template.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } }) != nil else {
            throw ServerFailure(what: "mkdtemp")
        }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if getuid() == 0, let user = getpwnam("postgres") {
            chown(folder, user.pointee.pw_uid, user.pointee.pw_gid)
        }
        return folder
    }

    /// Debian keeps each version's programs in a folder of their own; the newest is taken.
    static func program(_ name: String) -> String {
        let versions = ((try? FileManager.default.contentsOfDirectory(atPath: programs)) ?? []).compactMap {
            Int($0)
        }
        return "\(programs)/\(versions.max() ?? 15)/bin/\(name)"
    }

    private func makePrimary() throws {
        let data = "\(folder)/\(Self.primary)"
        try ServerProcess.run(
            Self.program("initdb"),
            ["-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "--no-locale", "-E", "UTF8"])
        let settings = """
            fsync = off
            max_connections = 60
            shared_buffers = 16MB
            wal_retrieve_retry_interval = 200ms
            wal_sender_timeout = 5s
            wal_receiver_timeout = 5s
            password_encryption = scram-sha-256
            """
        let rules = """
            local all,replication all trust
            host care_notes carenotes,carenotes_b 127.0.0.0/8 scram-sha-256
            host all all 0.0.0.0/0 reject
            """
        try settings.write(toFile: "\(folder)/settings", atomically: false, encoding: .utf8)
        try rules.write(toFile: "\(folder)/rules", atomically: false, encoding: .utf8)
        try ServerProcess.run("sh", ["-c", "cat \(folder)/settings >> \(data)/postgresql.conf"])
        try ServerProcess.run("cp", ["\(folder)/rules", "\(data)/pg_hba.conf"])
        try start(Self.primary)
    }

    private func makeRoles() throws {
        let verifier = try SCRAM.verifier(
            password: SecretBytes(password), salt: try SecretGenerator.bytes(16), iterations: 4096)
        let statements = [
            "CREATE ROLE carenotes_owner NOLOGIN",
            "CREATE ROLE carenotes_app NOLOGIN",
            "CREATE ROLE carenotes LOGIN NOINHERIT IN ROLE carenotes_owner, carenotes_app PASSWORD '\(verifier)'",
            "ALTER ROLE carenotes SET role = 'carenotes_app'",
            "CREATE DATABASE care_notes OWNER carenotes_owner ENCODING 'UTF8' TEMPLATE template0",
            "REVOKE ALL ON DATABASE care_notes FROM PUBLIC",
            "GRANT CONNECT ON DATABASE care_notes TO carenotes",
        ]
        for statement in statements { try query(statement, database: "postgres") }
    }

    /// Another login of the application, as a rotation makes it; both servers know it when this returns.
    func addLogin(_ name: String, password: String) throws {
        let verifier = try SCRAM.verifier(
            password: SecretBytes(password), salt: try SecretGenerator.bytes(16), iterations: 4096)
        try query("DROP ROLE IF EXISTS \(name)")
        try query(
            "CREATE ROLE \(name) LOGIN NOINHERIT IN ROLE carenotes_owner, carenotes_app PASSWORD '\(verifier)'")
        try query("ALTER ROLE \(name) SET role = 'carenotes_app'")
        try query("GRANT CONNECT ON DATABASE care_notes TO \(name)")
        for _ in 0..<400 {
            let known = try query("SELECT count(*) FROM pg_roles WHERE rolname = '\(name)'", on: Self.standby)
            if known == "1" { return }
            usleep(25_000)
        }
        throw ServerFailure(what: "the standby does not hear of \(name)")
    }

    private func makeStandby() throws {
        let data = "\(folder)/\(Self.standby)"
        let source = "host=\(socket(Self.primary)) port=\(port) user=postgres application_name=standby"
        try ServerProcess.run(
            Self.program("pg_basebackup"), ["-D", data, "-d", source, "-R", "-c", "fast", "--no-sync"])
        try start(Self.standby)
        try query("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        try query("SELECT pg_reload_conf()")
        try waitForStandby()
    }
}
