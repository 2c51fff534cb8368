#if canImport(Glibc)
    import Glibc
#endif

/// The password logs in at the PostgreSQL that runs, by PostgreSQL's own client.
struct DatabaseProof {
    var members: [ServicePlan]
    var user: String
    var password: String
    var database: String
    var timeout: Duration

    func run(_ log: inout ProofLog) throws(ProofStop) {
        guard let file = PasswordFile(text: "*:*:*:*:\(Self.escaped(password))\n") else {
            throw .skipped("no file could be made for psql to read the password from")
        }
        var reasons: [String] = []
        for member in members {
            guard let listener = member.listeners.first(where: { $0.variable == "DB_PORT" }) else { continue }
            let place = Address.withPort(listener.address, listener.port)
            let output = try ask(listener, file)
            if output.succeeded {
                try log.passed("login", "\(user) at \(place), database \(database)")
                return
            }
            let said = String(output.errorText.split(separator: "\n").first ?? "psql gave no answer")
            guard Self.refusals.contains(where: said.contains) else {
                reasons.append("\(place): \(said)")
                continue
            }
            throw .failed(
                "login", "PostgreSQL at \(place) refuses \(user): \(said)",
                fix: "put the value back that the data were made with: .env alone does not change it in PostgreSQL"
            )
        }
        throw .failed(
            "connection", reasons.joined(separator: "; "), fix: "careinit status shows what does not run")
    }

    /// What is about the login; anything else, such as `starting up`, says nothing of it.
    private static let refusals = ["authentication failed", "does not exist", "no pg_hba.conf entry"]

    private func ask(_ listener: Listener, _ file: PasswordFile) throws(ProofStop) -> Subprocess.Output {
        var environment = Subprocess.cleanEnvironment
        environment["PGPASSFILE"] = file.path
        environment["PGCONNECT_TIMEOUT"] = "\(max(2, timeout.components.seconds))"
        let client = Subprocess(
            arguments: [
                "psql", "-X", "-q", "-w", "-t", "-A", "-h", listener.address, "-p", "\(listener.port)", "-U", user,
                "-d", database, "-c", "SELECT 1",
            ],
            environment: environment, timeout: timeout + .seconds(1))
        do { return try client.run() } catch { throw .skipped("psql cannot be run: \(error)") }
    }

    /// A colon or a backslash in a field of a password file has a backslash before it (PostgreSQL, The Password File).
    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { $0 += $1 == ":" || $1 == "\\" ? "\\\($1)" : "\($1)" }
    }
}

/// A file that only this user can read, for as long as somebody holds it.
final class PasswordFile {
    let path: String

    init?(text: String) {
        var template = Array("/tmp/careinit-XXXXXX".utf8CString)
        let file = Descriptor(takingOwnershipOf: mkstemp(&template))
        guard file.isOpen else { return nil }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let bytes = Array(text.utf8)
        let count = retryingInterrupts { write(file.number, bytes, bytes.count) }
        // Only whole: the deinitialiser removes what is not.
        guard count == bytes.count else { return nil }
    }

    deinit { unlink(path) }
}
