/// What a replica says of itself every few seconds, to whoever shows all of them.
struct Heartbeat: Sendable, Equatable {
    var instance: Int
    var generation: Int
    var version: String
    /// As `HealthState.Phase` names them.
    var status: String

    var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("status", status)
            json.member("instance", instance)
            json.member("generation", generation)
            json.member("version", version)
        }
        return json.bytes
    }

    /// Out of `json`, or of the reply of `/api/health`, which says the same and more; nil for anything else.
    init?(json bytes: [UInt8]) {
        guard let members = try? JSONBody.read(bytes), case .integer(let instance) = members["instance"],
            case .integer(let generation) = members["generation"], case .string(let version) = members["version"],
            case .string(let status) = members["status"],
            (version + status).utf8.allSatisfy({ (0x20...0x7E).contains($0) }), version.utf8.count <= 40,
            status.utf8.count <= 40
        else { return nil }
        self.init(instance: Int(instance), generation: Int(generation), version: version, status: status)
    }

    init(instance: Int, generation: Int, version: String, status: String) {
        self.instance = instance
        self.generation = generation
        self.version = version
        self.status = status
    }
}
