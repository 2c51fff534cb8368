import CPostgres
import Glibc
import Secrets

/// How to log in to a server: everything but the host.
struct ConnectionOptions: Sendable {
    /// For one server, from the first packet to the end of the login.
    static let connectTimeout = Duration.seconds(2)

    private let password: SecretBytes
    private let parameters: [(String, String)]

    init(_ settings: Settings.Database, instance: Int) {
        password = settings.password
        parameters = [
            ("port", String(settings.port)), ("dbname", settings.name), ("user", settings.user),
            ("application_name", "carenotes-\(instance)"), ("client_encoding", "UTF8"),
            // Members listen on loopback only, without TLS; negotiating it would cost a round trip each.
            ("sslmode", "disable"), ("gssencmode", "disable"),
            // A host that is gone without a word: noticed in 3–4 s, idle or not.
            ("tcp_user_timeout", "3000"), ("keepalives", "1"), ("keepalives_idle", "1"),
            ("keepalives_interval", "1"), ("keepalives_count", "3"),
            // A backend whose client gave up must not wait on, or keep locks.
            (
                "options",
                "-c lock_timeout=4s -c idle_in_transaction_session_timeout=10s -c client_connection_check_interval=1s"
            ),
        ]
    }

    /// Begins to connect, without waiting; nil only where memory is out. The password is nowhere but in libpq and in
    /// a buffer that is wiped before this returns.
    func start(host: String) -> OpaquePointer? {
        let texts = parameters + [("host", host)]
        let keywords = (texts.map(\.0) + ["password"]).map { strdup($0) }
        var values = texts.map { strdup($0.1) }
        values.append(passwordCopy())
        defer {
            if let copy = values.last ?? nil { explicit_bzero(copy, password.count) }
            (keywords + values).forEach { free($0) }
        }
        // Each array ends with a null pointer.
        return PQconnectStartParams(
            keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 0)
    }

    private func passwordCopy() -> UnsafeMutablePointer<CChar>? {
        guard let copy = calloc(password.count + 1, 1) else { return nil }
        password.withBytes { bytes in
            if let start = bytes.baseAddress { copy.copyMemory(from: start, byteCount: bytes.count) }
        }
        return copy.assumingMemoryBound(to: CChar.self)
    }
}
