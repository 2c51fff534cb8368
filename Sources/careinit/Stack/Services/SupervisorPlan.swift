extension StackPlanner {
    /// supervisord's configuration, relative to a generation's folder.
    static let supervisorFile = "supervisor/supervisord.conf"

    func supervisor(_ services: [ServicePlan]) throws(TemplateFault) -> PlannedFile {
        var programs: [TemplateScope] = []
        for service in services { programs.append(try program(service)) }
        let values: TemplateScope = [
            "log_folder": .text("\(project.stateDirectory)/logs"),
            "run_folder": .text("\(project.stateDirectory)/run"),
            "is_root": .flag(host.isRoot),
            "programs": .list(programs),
            "groups": .list(groups(services)),
        ]
        let contents = try templates.render("supervisor/supervisord.conf", values)
        return PlannedFile(path: Self.supervisorFile, contents: contents)
    }

    private func program(_ service: ServicePlan) throws(TemplateFault) -> TemplateScope {
        [
            "name": .text(service.name),
            "command": .text(try words(service.command, of: service.name)),
            "has_user": .flag(service.user != nil),
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
            guard let quoted = TemplateFilter.word.apply(word) else { throw refusal("command", service) }
            result.append(quoted)
        }
        return result.joined(separator: " ")
    }

    private func environment(of service: ServicePlan) throws(TemplateFault) -> String {
        var result: [String] = []
        for (name, value) in service.environment.sorted(by: { $0.key < $1.key }) {
            guard let plain = TemplateFilter.ini.apply(value) else { throw refusal("environment", service.name) }
            result.append("\(name)=\"\(plain)\"")
        }
        return result.joined(separator: ",")
    }

    private func refusal(_ what: String, _ service: String) -> TemplateFault {
        TemplateFault(
            code: .refusedCharacter, template: "supervisor/supervisord.conf", subject: "\(what) of \(service)")
    }

    /// Programs that stop together.
    private func groups(_ services: [ServicePlan]) -> [TemplateScope] {
        Dictionary(grouping: services.filter { $0.group != nil }) { $0.group ?? "" }
            .sorted { $0.key < $1.key }
            .map { group, members in
                [
                    "name": .text(group),
                    "programs": .text(members.map(\.name).joined(separator: ",")),
                    "priority": .number(members.map(\.priority).min() ?? 0),
                ]
            }
    }
}
