import EnvSchema
import Secrets

/// `docker-compose.ha.yml`. It lies beside the generations, since one project outlives many of them; or in a folder of its
/// own, where it was only rendered.
struct ComposeFile: Sendable {
    static let name = "docker-compose.ha.yml"

    var project: Project
    var templates = TemplateLibrary()
    /// Whether it is for somebody who starts it by hand: then Compose keeps the order, which is careinit's part otherwise, and
    /// what is optional is started only where it is asked for.
    var isByHand = false
    /// A mark of each service's files, which makes `docker compose up` recreate what has others than before.
    var marks: [String: String] = [:]

    /// - Parameter services: All services, each with its container.
    /// - Returns: The bytes of the file.
    /// - Throws: `TemplateFault` where a value cannot be written in it.
    func render(_ services: [ServicePlan]) throws(TemplateFault) -> [UInt8] {
        let parts = services.compactMap { service in service.container.map { (service, $0) } }
        let network = ContainerNetwork(holding: parts.first?.1.address ?? "")
        return try templates.render(
            "compose/\(Self.name)",
            [
                "project": .text(project.composeName),
                "services": .list(parts.map { scope($0, $1, network) }),
                "subnet": .text(network.subnet), "spare_range": .text(network.spareRange),
                "gateway": .text("\(network.prefix).1"),
                "volumes": .list(parts.filter(\.1.hasVolume).map { ["volume": .text($0.0.name)] }),
            ])
    }

    private func scope(
        _ service: ServicePlan, _ container: ContainerPlan, _ network: ContainerNetwork
    ) -> TemplateScope {
        let published = service.listeners.filter { !network.holds($0.address) }
        let ports = published.map { "\(Address.withPort($0.address, $0.port)):\($0.port)/tcp" }
        let isOwn = container.image.hasPrefix(StackImage.repository)
        return [
            "title": .text(service.title), "name": .text(service.name), "image": .text(escaped(container.image)),
            // Nothing of this stack is to be had from a registry.
            "pull": .text(isOwn ? "never" : "missing"),
            "is_optional": .flag(container.isOptional && isByHand),
            "user": .text("\(container.user):\(container.user)"),
            "command": .text(list(service.command)), "folder": .text(escaped(service.directory ?? "/")),
            "environment": .text(map(service.environment)),
            "labels": .text(map(marks[service.name].map { ["careinit.files": $0] } ?? [:])),
            "address": .text(container.address),
            "is_published": .flag(!published.isEmpty), "ports": .text(list(ports)),
            "mounts": .list(
                container.mounts.map { ["source": .text(escaped($0.source)), "target": .text($0.target)] }),
            "has_volume": .flag(container.hasVolume), "data_folder": .text(ContainerPlan.data),
            "temporary": .text(list(temporary(container))),
            "has_needs": .flag(isByHand && !container.needs.isEmpty),
            "needs": .list(container.needs.map { ["needed": .text($0)] }),
            "health_test": .text(list(container.healthTest)),
            "stop_signal": .text("SIG\(service.stopSignal)"), "stop_timeout": .number(service.stopTimeout),
            "processors": .text(container.limits.processors), "mebibytes": .number(container.limits.mebibytes),
            "processes": .number(container.limits.processes),
        ]
    }

    /// What may be written to besides a volume; gone with the container.
    private func temporary(_ container: ContainerPlan) -> [String] {
        let own = [ContainerPlan.run] + (container.hasVolume ? [] : [ContainerPlan.data])
        return ["/tmp:mode=1777"]
            + own.map { "\($0):uid=\(container.user),gid=\(container.user),mode=0700" }
    }

    // MARK: - Values

    /// Compose looks for variables in every value: `$` alone is written twice.
    private func escaped(_ text: String) -> String { text.replacing("$", with: "$$") }

    private func json(_ text: String) -> String { Splice.json.write(escaped(text)) ?? "\"\"" }

    private func list(_ texts: [String]) -> String { "[\(texts.map(json).joined(separator: ", "))]" }

    private func map(_ texts: [String: String]) -> String {
        let pairs = texts.sorted { $0.key < $1.key }.map { "\(json($0.key)): \(json($0.value))" }
        return "{\(pairs.joined(separator: ", "))}"
    }
}

extension Project {
    /// What Docker calls everything of this stack: the same for the same folder, and no other's.
    var composeName: String { "carenotes-\(Digest.sha256Hex(Array(stateDirectory.utf8)).prefix(8))" }
    /// Where the runtime keeps its Compose file.
    var composeFile: String { "\(runFolder)/\(ComposeFile.name)" }
}
