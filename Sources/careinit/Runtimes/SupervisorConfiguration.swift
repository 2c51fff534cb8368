import EnvSchema

/// supervisord's own configuration. It lies beside the generations, since one supervisord outlives many of them.
struct SupervisorConfiguration: Sendable {
    var project: Project
    var isRoot: Bool
    var templates = TemplateLibrary()

    /// The configuration that runs these services.
    ///
    /// - Parameter services: What supervisord is to know; it starts none of them by itself.
    /// - Returns: The bytes of `supervisord.conf`.
    /// - Throws: `TemplateFault` where a path cannot be written in it.
    func render(_ services: [ServicePlan]) throws(TemplateFault) -> [UInt8] {
        var programs: [TemplateScope] = []
        for service in services { programs.append(try program(service)) }
        return try templates.render(
            "supervisor/supervisord.conf",
            [
                "log_folder": .text(project.logFolder),
                "run_folder": .text(project.runFolder),
                "is_root": .flag(isRoot),
                "programs": .list(programs),
            ])
    }

    private func program(_ service: ServicePlan) throws(TemplateFault) -> TemplateScope {
        [
            "name": .text(service.name),
            "command": .text(try words(service.startCommand, of: service.name)),
            // With `user=` supervisord itself would become that user, and lose the capability with the rest.
            "has_user": .flag(service.user != nil && service.capability == nil),
            "user": .text(service.user ?? ""),
            "folder": .text(service.directory ?? "/"),
            "environment": .text(try environment(of: service)),
            "priority": .number(service.priority),
            "stop_signal": .text(service.stopSignal),
            "stop_timeout": .number(service.stopTimeout),
            "log_file": .text(service.logFile),
        ]
    }

    /// supervisord splits the command as a shell would.
    private func words(_ words: [String], of service: String) throws(TemplateFault) -> String {
        var result: [String] = []
        for word in words {
            guard let quoted = Splice.command.write(word) else { throw refusal("command", service) }
            result.append(quoted)
        }
        return result.joined(separator: " ")
    }

    private func environment(of service: ServicePlan) throws(TemplateFault) -> String {
        var result: [String] = []
        for (name, value) in service.environment.sorted(by: { $0.key < $1.key }) {
            guard let plain = Splice.ini.write(value) else { throw refusal("environment", service.name) }
            result.append("\(name)=\"\(plain)\"")
        }
        return result.joined(separator: ",")
    }

    private func refusal(_ what: String, _ service: String) -> TemplateFault {
        TemplateFault(
            code: .refusedCharacter, template: "supervisor/supervisord.conf", subject: "\(what) of \(service)")
    }
}
