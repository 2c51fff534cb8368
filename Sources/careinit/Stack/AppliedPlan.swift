import FoundationEssentials
import Secrets

/// What was last put to work: which services, from which generation. It holds no secret.
///
/// `status`, `logs` and `down` go by it, so that they work whatever has become of the `.env`.
struct AppliedPlan: Sendable, Equatable, Codable {
    struct Entry: Sendable, Equatable, Codable {
        var service: ServicePlan
        /// The generation whose files it runs with.
        var generation: Int
        /// Of everything it runs with, whatever the generation's number.
        var fingerprint: String
    }

    /// The generation that was applied last.
    var generation: Int
    var entries: [Entry]
    var omissions: [Omission]
    /// The address under which users reach the stack.
    var origin: String

    var services: [ServicePlan] { entries.map(\.service) }
    /// Their files must stay.
    var generationsInUse: Set<Int> { Set(entries.map(\.generation)) }

    private static func file(_ project: Project) -> String { "\(project.runFolder)/plan.json" }

    /// nil where nothing was ever started.
    static func load(_ project: Project) -> AppliedPlan? {
        guard let bytes = FileSystem.read(file(project), limit: 4 << 20) else { return nil }
        return try? JSONDecoder().decode(AppliedPlan.self, from: Data(bytes))
    }

    func save(_ project: Project) throws(CommandFailure) {
        let path = Self.file(project)
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try AtomicFile.write(Array(try encoder.encode(self)), to: path)
        } catch {
            let reason = (error as? FileError)?.reason ?? "\(error)"
            throw CommandFailure(
                .cannotCreate, "What was started cannot be written down", place: path, why: reason)
        }
    }
}

extension StackPlan {
    /// What tells whether a service must be restarted: its plan and the files in its own folder of the generation.
    ///
    /// - Returns: For each service the SHA-256 in hexadecimal digits.
    func fingerprints() -> [String: String] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Dictionary(
            services.map { service in
                var bytes = (try? encoder.encode(service)).map { Array($0) } ?? []
                for file in files where file.path.hasPrefix("\(service.name)/") {
                    bytes += Array("\n\(file.path)\n".utf8) + file.contents
                }
                return (service.name, Digest.sha256Hex(bytes))
            }
        ) { first, _ in first }
    }
}
