import Secrets

/// Since when each secret of the `.env` has its value: names and times, never a value.
struct SecretAges {
    let project: Project

    private var file: String { "\(project.stateDirectory)/secrets/ages.env" }

    /// Unix seconds by variable.
    func load() -> [String: Int64] {
        (FileSystem.read(file).map(KeyValueFile.parse) ?? [:]).compactMapValues { Int64($0) }
    }

    /// Notes that these have new values.
    func note(_ names: [String], now: Int64) throws(CommandFailure) {
        var ages = load()
        for name in names { ages[name] = now }
        try write(ages)
    }

    private func write(_ ages: [String: Int64]) throws(CommandFailure) {
        let bytes = KeyValueFile.bytes(
            ages.mapValues { "\($0)" }, comment: "When each secret got its value (seconds since 1970).")
        try OutputFile.write(bytes, to: file)
    }
}
