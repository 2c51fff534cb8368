import Secrets
import Testing

@testable import carenotes

#if canImport(Glibc)
    import Glibc
#endif

struct LoggerTests {
    /// What one line looks like when it is written.
    private func line(_ format: Logger.Format, redactor: Redactor, _ text: String) throws -> String {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw ServerFailure(what: "pipe") }
        defer { ends.forEach { close($0) } }
        let logger = Logger(level: .info, format: format, output: LogOutput(descriptor: ends[1]), common: [])
        logger.replace(common: [("instance", .integer(2))], redactor: redactor)
        logger.log(.info, "tried", [("reason", .text(text)), ("port", .integer(5432))])
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(ends[0], &bytes, bytes.count)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }

    @Test(arguments: [Logger.Format.json, .simple])
    func `no secret that the replica knows stands in a line, also where a reason quotes it`(
        format: Logger.Format
    ) throws {
        let secret = #"pass"word\of-the-database"#
        let redactor = Redactor([SecretBytes(secret)])
        let text = try line(format, redactor: redactor, "FATAL: no \(secret) here")
        #expect(text.contains("FATAL: no <secret> here") && text.contains("5432"))
        #expect(!text.contains("of-the-database"))
    }

    @Test func `a replica hides its keys in each of their forms`() throws {
        let service = try ScratchService()
        let key = SecretBytes((0..<32).map { UInt8($0 + 100) })
        var settings = service.settings
        settings.encryptionKey = key
        let redactor = Redactor(settings, ReplicaSecrets(settings, KeysFile()))
        let hex = key.withBytes { Hex.encode(Array($0)) }
        let password = settings.database.password.withBytes { String(decoding: $0, as: UTF8.self) }
        for secret in [hex, hex.uppercased(), password] {
            #expect(redactor.redact("x \(secret) y") == "x <secret> y")
        }
    }
}
