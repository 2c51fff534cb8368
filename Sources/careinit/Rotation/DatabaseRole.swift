import EnvSchema
import Secrets

/// A login of PostgreSQL as the superuser's psql and its own see it. No password reaches a command line, an environment or a log
/// of the server: a script comes over standard input, and the server is given a verifier (RFC 5803).
struct DatabaseRole {
    let context: RotationContext
    let name: String
    let password: String

    var members: [ServicePlan] { context.services.filter(\.isDatabaseMember) }

    /// The member that takes writes; waits while the cluster elects one.
    func leader() throws -> ServicePlan {
        var found: ServicePlan?
        try context.wait("There is no leader of the database", fix: "careinit status shows the members") {
            let leader = StackProbe.run(members).cluster.leader?.name
            found = members.first { $0.name == leader }
            return found == nil ? "no member answers as leader" : nil
        }
        guard let found else { throw CommandFailure(.unavailable, "There is no leader of the database") }
        return found
    }

    /// What it may do beside logging in, in PostgreSQL's words.
    var attributes: String?

    /// Gives the role the password and lets it log in; psql carries the statements out first.
    func enable(before statements: String = "") throws {
        let verifier = try SCRAM.verifier(password: password)
        let clause = [attributes, "LOGIN PASSWORD \(Self.literal(verifier))"].compactMap(\.self).joined(
            separator: " ")
        try change(clause, before: statements)
    }

    /// A statement that makes the role where there is none.
    func creation(_ clause: String) -> String {
        let (name, clause) = (Self.literal(name), Self.literal(clause))
        return """
            SELECT concat_ws(' ', 'CREATE ROLE', quote_ident(\(name)), \(clause))
                WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = \(name)) \\gexec
            """
    }

    /// Ends its logins; sessions that stand go on.
    func disable() throws { try change("NOLOGIN PASSWORD NULL") }

    /// Runs statements on the leader as superuser, without a trace in the server's log.
    private func change(_ clause: String, before statements: String = "") throws {
        let script = """
            SET log_statement TO none;
            SET log_min_duration_statement TO -1;
            SET log_min_error_statement TO panic;
            \(statements)
            ALTER ROLE \(Self.identifier(name)) \(clause);

            """
        _ = try ask("The role \(name) cannot be changed") { try context.runtime.script(script, on: $0) }
    }

    /// Asks the leader, once more where it cannot be reached: the lead may be going over to another member.
    private func ask(
        _ failing: String, _ question: (ServicePlan) throws -> Subprocess.Output
    ) throws -> Subprocess.Output {
        var answer: Subprocess.Output?
        try context.wait(failing, fix: "careinit status shows the members") {
            let output = try question(try leader())
            answer = output
            return output.ending == .exited(Self.isUnreachable) ? Self.reason(output) : nil
        }
        guard let answer, answer.succeeded else {
            throw CommandFailure(
                .unavailable, failing, why: answer.map(Self.reason), fix: "careinit status shows the members")
        }
        return answer
    }

    /// psql's exit code where there is no connection, or none any more (psql, "Exit Status").
    private static let isUnreachable: Int32 = 2

    private static func reason(_ output: Subprocess.Output) -> String {
        output.errorText.split(separator: "\n").first.map(String.init) ?? "psql: \(output.ending)"
    }

    /// Why it cannot log in to that member over TCP; nil where it can.
    func refusal(at member: ServicePlan, database: String, replication: Bool = false) throws -> String? {
        guard let listener = member.listeners.first(where: { $0.variable == "DB_PORT" }) else { return nil }
        var words = [
            "host=\(Self.word(listener.address))", "port=\(listener.port)", "user=\(Self.word(name))",
            "password=\(Self.word(password))", "dbname=\(Self.word(database))", "connect_timeout=2",
        ]
        if replication { words.append("replication=true") }
        // psql reads its own quotes first, then libpq those of the connection string.
        let target = words.joined(separator: " ").replacing("\\", with: "\\\\").replacing("'", with: "''")
        let script = "\\connect '\(target)'\n\(replication ? "IDENTIFY_SYSTEM" : "SELECT session_user");\n"
        let output = try context.runtime.script(script, on: member)
        if output.succeeded { return nil }
        return Self.reason(output)
    }

    /// How many sessions of it stand on a member; nil where that does not say, as while it starts again.
    func sessions(at member: ServicePlan) throws -> Int? {
        let output = try context.runtime.query(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = \(Self.literal(name))", on: member)
        return output.succeeded ? output.text.split(separator: "\n").first.flatMap { Int($0) } : nil
    }

    /// Whether the server lets it log in at all.
    func canLogIn() throws -> Bool {
        try ask("The role \(name) cannot be looked up") { leader in
            try context.runtime.query(
                "SELECT rolcanlogin FROM pg_roles WHERE rolname = \(Self.literal(name))", on: leader)
        }.text.hasPrefix("t")
    }

    static func literal(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
    static func identifier(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }

    /// A value of a connection string (PostgreSQL, Connection Strings).
    private static func word(_ text: String) -> String {
        "'\(text.replacing("\\", with: "\\\\").replacing("'", with: "\\'"))'"
    }
}
