import EnvSchema
import Secrets
import Templates

@testable import carenotes

#if canImport(Glibc)
    import Glibc
#endif

/// A whole replica on a free port, whose database and Redis are away unless a test gives it a database: nothing listens
/// where it looks for them.
final class ScratchService: @unchecked Sendable {
    let service: Service
    let settings: Settings
    /// Where it keeps the audit of reads.
    let spool: String
    var port: UInt16 { service.server.port }

    init(
        database: Settings.Database? = nil, redis: Settings.Redis? = nil, log: Int32? = nil,
        requestLimit: Duration = RequestDeadline.limit, allowedOrigins: Set<String> = [],
        limits: HTTPServer.Limits = HTTPServer.Limits(), _ change: (inout Settings) -> Void = { _ in }
    ) throws {
        spool = ScratchSpool.makeFolder()
        let schema = try Schema(template: EnvDocument(parsing: Templates.environment)).restricted(to: "carenotes")
        var document = EnvDocument(parsing: [])
        for variable in schema.variables where variable.defaultValue == nil {
            switch variable.generation {
            case .hex(let bytes): document.set(variable.name, to: try SecretGenerator.hex(bytes: bytes))
            case .urlSafe(let length): document.set(variable.name, to: try SecretGenerator.urlSafe(length: length))
            case nil: document.set(variable.name, to: "https://localhost:8443")
            }
        }
        // Nobody's: it asks there how the other replicas are.
        document.set("PORT", to: "\(try FreePort.find())")
        document.set("DB_PORT", to: "\(try FreePort.find())")
        document.set("REDIS_PORT", to: "\(try FreePort.find())")
        document.set("LOG_LEVEL", to: log == nil ? "error" : "debug")
        var settings = try Settings(try Configuration(document: document, schema: schema))
        let arguments = ServeArguments(environmentFile: "", instance: 2, spool: spool)
        var keys = KeysFile()
        keys.generation = 7
        if let database { settings.database = database }
        if let redis { settings.redis = redis }
        settings.allowedOrigins = allowedOrigins
        // Tests ask for more than any user does.
        settings.rateLimit.requests = 10_000_000
        change(&settings)
        self.settings = settings
        service = try Service(
            settings, ReplicaSecrets(settings, keys), arguments, socket: try ListeningSocket.open(port: 0),
            log: log ?? STDERR_FILENO, requestLimit: requestLimit, limits: limits)
        service.start()
    }

    deinit {
        service.stop()
        ScratchSpool.remove(spool)
    }

    /// Sends bytes piece by piece over one connection, then reads until the other side closes or is silent for too long.
    ///
    /// A client that closes its side at once, as by default, may lose the reply to a request that takes a while: the server takes
    /// it for gone.
    func exchange(
        _ pieces: [String], patience milliseconds: Int = 10_000, staysOpen: Bool = false
    ) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
        guard isConnected else { throw ServerFailure(what: "no connection") }
        var patience = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        for (index, piece) in pieces.enumerated() {
            if index > 0 { usleep(20_000) }
            let bytes = Array(piece.utf8)
            _ = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        }
        if !staysOpen { shutdown(descriptor, Int32(SHUT_WR)) }
        return Self.readToEnd(descriptor)
    }

    private static func readToEnd(_ descriptor: Int32) -> String {
        var result: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &chunk, chunk.count, 0)
            if count <= 0 { return String(decoding: result, as: UTF8.self) }
            result += chunk[..<count]
        }
    }
}
