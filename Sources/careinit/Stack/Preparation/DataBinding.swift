import Secrets

/// Remembers which values the data were made with, as salted fingerprints, so that `up` never starts with others: notes
/// could not be read, or the members could not log in to each other.
struct DataBinding: Equatable {
    /// The fingerprint of each variable.
    var fingerprints: [String: String]

    init(values: [String: String], salt: String) {
        fingerprints = [:]
        for (name, value) in values {
            fingerprints[name] = Digest.sha256Hex(Array("\(salt) \(name) \(value)".utf8))
        }
    }

    init(stored bytes: [UInt8]) { fingerprints = KeyValueFile.parse(bytes) }

    var bytes: [UInt8] {
        KeyValueFile.bytes(fingerprints, comment: "Salted fingerprints of what the data were made with.")
    }

    /// The variables whose values are no longer what the data were made with, sorted.
    func changes(to new: DataBinding) -> [String] {
        fingerprints.filter { new.fingerprints[$0.key] != nil && new.fingerprints[$0.key] != $0.value }.keys
            .sorted()
    }
}

extension DataBinding {
    static func file(_ project: Project) -> String { "\(project.stateDirectory)/secrets/data-binding.env" }

    /// Refuses values that the existing data were not made with; remembers the values where there are no data yet.
    /// Variables in `rotating` have a value that a rotation keeps going with the data.
    static func require(
        _ binding: DataBinding, project: Project, hasData: Bool, rotating: Set<String> = []
    ) throws(CommandFailure) {
        if hasData, let bytes = FileSystem.read(file(project)) {
            let stored = DataBinding(stored: bytes)
            let changes = stored.changes(to: binding).filter { !rotating.contains($0) }
            guard changes.isEmpty else { throw refusal(changes, project) }
            // A variable that came to bind the data later is remembered from now on.
            if stored == binding { return }
        }
        do throws(FileError) { try AtomicFile.write(binding.bytes, to: file(project)) } catch {
            throw CommandFailure(.cannotCreate, "A file cannot be written", place: error.path, why: error.reason)
        }
    }

    private static func refusal(_ names: [String], _ project: Project) -> CommandFailure {
        let list = names.joined(separator: ", ")
        return CommandFailure(
            .configuration, "The data of this stack were made with other values of \(list)",
            place: project.environmentFile,
            why: "a new value in .env does not change what PostgreSQL and the stored notes were made with",
            fix: "put the old \(names.count == 1 ? "value" : "values") back; `careinit rotate-secrets`"
                + " changes secrets that data depend on")
    }
}
