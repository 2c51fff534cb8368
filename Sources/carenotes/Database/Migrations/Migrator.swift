/// Brings the schema up to date in one transaction, while a lock keeps the other replicas out.
enum Migrator {
    /// "carenote" in ASCII: an advisory lock's number is all that tells it from other programs' locks.
    private static let lock = 0x6361_7265_6E6F_7465

    /// The schema and its own record come first, so that there is a place to look.
    private static let preparation = """
        SET LOCAL lock_timeout = '4s';
        SELECT pg_advisory_xact_lock(\(lock));
        CREATE SCHEMA IF NOT EXISTS carenotes;
        CREATE TABLE IF NOT EXISTS carenotes.migrations (
            number integer PRIMARY KEY,
            name text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
        );
        """

    /// Sessions act as the application role; the schema is the owner's, who is the database's owner. A cluster that was
    /// made before there was an application role has its sessions act as the owner.
    private static let becomeOwner = """
        SELECT set_config('role', pg_get_userbyid(datdba), true) FROM pg_database WHERE datname = current_database()
        """
    private static let applicationRole = """
        SELECT CASE WHEN pg_get_userbyid(datdba) = current_user THEN '' ELSE quote_ident(current_user) END
        FROM pg_database WHERE datname = current_database()
        """

    static func run(
        _ migrations: [Migration] = Migration.all, on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) {
        try connection.transaction(by: deadline) { () throws(PostgresError) in
            let application = try connection.run(applicationRole, by: deadline).requiredText(0, 0)
            try connection.run(becomeOwner, by: deadline)
            try connection.run(preparation, by: deadline)
            let done = try numbersDone(connection, by: deadline)
            // A number above ours is a newer replica's, during a deploy or after a rollback.
            for migration in migrations where !done.contains(String(migration.number)) {
                try apply(migration, on: connection, by: deadline)
            }
            if !application.isEmpty {
                try grant(migrations.flatMap(\.grants), to: application, on: connection, by: deadline)
            }
        }
    }

    private static func numbersDone(
        _ connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) -> Set<String> {
        let result = try connection.run("SELECT number FROM carenotes.migrations", by: deadline)
        var numbers: Set<String> = []
        for row in 0..<result.rowCount { numbers.insert(try result.requiredText(row, 0)) }
        return numbers
    }

    /// Nothing is revoked here: an older replica that starts during a deploy does not know what the newer one granted.
    private static func grant(
        _ grants: [Migration.Grant], to role: String, on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) {
        let statements = grants.map { "GRANT \($0.privileges) ON \($0.object) TO \(role)" }
        try connection.run(statements.joined(separator: ";\n"), by: deadline)
    }

    private static func apply(
        _ migration: Migration, on connection: PostgresConnection, by deadline: Deadline
    ) throws(PostgresError) {
        try connection.run(migration.sql, by: deadline)
        let record = Statement(
            name: "record-migration", text: "INSERT INTO carenotes.migrations (number, name) VALUES ($1, $2)")
        _ = try connection.execute(record, [.integer(migration.number), .text(migration.name)], by: deadline)
    }
}
