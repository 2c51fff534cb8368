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
        /// Of everything it runs with, whatever the generation's number (`ServiceFingerprint`).
        var fingerprint: String
    }

    /// The generation that was applied last.
    var generation: Int
    var entries: [Entry]
    var omissions: [Omission]
    /// The address under which users reach the stack.
    var origin: String
    /// What carries it out; nil in plans from before there was a choice: natively.
    var runtime: RuntimeKind?

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
    /// What tells whether a service must be told of changes or restarted: its plan and the files in its own folder of the
    /// generation.
    ///
    /// - Returns: For each service the words of a `ServiceFingerprint`.
    func fingerprints() -> [String: String] {
        Dictionary(services.map { ($0.name, ServiceFingerprint($0, files).text) }) { first, _ in first }
    }
}

/// Two digests of what a service runs with: of what it takes only at its start, and of everything.
struct ServiceFingerprint: Equatable {
    /// nil in what was written down before there were two.
    var start: String?
    var whole: String

    init(_ service: ServicePlan, _ files: [PlannedFile]) {
        let own = files.filter { $0.path.hasPrefix("\(service.name)/") && !$0.isForLater }
            .sorted { $0.path < $1.path }
        func bytes(_ contents: (PlannedFile) -> [UInt8]) -> [UInt8] {
            own.flatMap { Array("\n\($0.path)\n".utf8) + contents($0) }
        }
        start = Digest.sha256Hex(service.startJSON + bytes { $0.startContents ?? $0.contents })
        whole = Digest.sha256Hex(service.json + bytes(\.contents))
    }

    /// Reads `text`.
    init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1)
        start = parts.count == 2 ? String(parts[0]) : nil
        whole = parts.last.map(String.init) ?? ""
    }

    var text: String { start.map { "\($0):\(whole)" } ?? whole }
}

extension ServicePlan {
    /// What of the plan counts only at the start of the process.
    fileprivate var startJSON: [UInt8] {
        var part = self
        part.command = startCommand
        (part.title, part.priority, part.listeners, part.health) = ("", 0, [], .listening)
        (part.reloadSignal, part.usersFile) = (nil, nil)
        return part.json
    }

    fileprivate var json: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(self)).map { Array($0) } ?? []
    }

    /// The same service with the files of another generation.
    fileprivate func moved(from old: Int, to new: Int) -> ServicePlan? {
        let text = String(decoding: json, as: UTF8.self)
            .replacing("/generations/\(old)/", with: "/generations/\(new)/")
        return try? JSONDecoder().decode(ServicePlan.self, from: Data(text.utf8))
    }
}

extension AppliedPlan.Entry {
    /// The entry of the same service once it runs with another generation, of these files.
    ///
    /// - Throws: exit code 65 for an entry that cannot be moved, which only a damaged plan brings about.
    func moved(to number: Int, files: [PlannedFile]) throws(CommandFailure) -> Self {
        // Fingerprints are of generation 0, whatever the number.
        guard let moved = service.moved(from: generation, to: number),
            let bare = service.moved(from: generation, to: 0)
        else { throw CommandFailure(.invalidData, "What runs as \(service.name) cannot be understood") }
        // The files on the disk do not say what of them counts at a start; that was not changed.
        var print = ServiceFingerprint(bare, files)
        print.start = ServiceFingerprint(fingerprint).start
        return Self(service: moved, generation: number, fingerprint: print.text)
    }
}
