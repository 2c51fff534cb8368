/// The systemd unit that runs one stack from boot on, as a value.
struct ServiceUnit: Sendable {
    /// Such as `careinit.service`.
    var name: String
    var project: Project
    /// The absolute path of careinit.
    var program: String
    /// The unit differs in what systemd has to watch.
    var runtime: RuntimeKind
    /// The user who runs the stack; nil: root.
    var user: String?
    /// What else the stack reads, such as a certificate that lies elsewhere; absolute.
    var reads: [String] = []
    var templates = TemplateLibrary()

    static let template = "systemd/careinit.service"

    /// The bytes of the unit.
    ///
    /// - Throws: `TemplateFault` where a path cannot be written in a unit.
    func render() throws(TemplateFault) -> [UInt8] {
        let folders = project.directory == project.stateDirectory ? [] : [project.stateDirectory]
        let places = [project.directory] + folders
        let options = runtime == .native ? "" : " --runtime \(runtime.rawValue)"
        return try templates.render(
            Self.template,
            [
                "description": .text(try plain("The care notes stack of \(project.environmentFile)")),
                "compose": .flag(runtime == .compose),
                "folders": .text(try list(places)),
                // A minus: where there is none yet, `up` makes it.
                "writable": .text(try list(places.map { "-\($0)" })),
                "pid_file": .text(try plain(project.supervisorPIDFile)),
                "has_user": .flag(user != nil),
                "user": .text(try plain(user ?? "")),
                "program": .text(try word(program)),
                "environment_file": .text(try word(project.environmentFile)),
                "options": .text(options),
                "protect_home": .flag(!uses(["/home", "/root", "/run/user"])),
                "private_tmp": .flag(!uses(["/tmp", "/var/tmp"])),
                "marker": .text(try plain(project.environmentFile)),
            ])
    }

    /// Whether the stack lies in a folder that is emptied at boot: there is nothing to start then.
    var liesInTemporaryFolder: Bool { ["/tmp/", "/run/"].contains { project.environmentFile.hasPrefix($0) } }

    /// Whether anything that the unit needs lies below one of the folders.
    private func uses(_ folders: [String]) -> Bool {
        ([program, project.environmentFile, project.stateDirectory] + reads).contains { path in
            folders.contains { path == $0 || path.hasPrefix("\($0)/") }
        }
    }

    private func list(_ paths: [String]) throws(TemplateFault) -> String {
        var words: [String] = []
        for path in paths { words.append(try require(SystemdWord.quoted(path))) }
        return words.joined(separator: " ")
    }

    private func word(_ value: String) throws(TemplateFault) -> String {
        try require(SystemdWord.quoted(value, isCommand: true))
    }

    private func plain(_ value: String) throws(TemplateFault) -> String { try require(SystemdWord.plain(value)) }

    private func require(_ text: String?) throws(TemplateFault) -> String {
        guard let text else {
            throw TemplateFault(code: .refusedCharacter, template: Self.template, subject: "a path of the stack")
        }
        return text
    }
}

extension Project {
    /// Where supervisord writes its process number, for systemd.
    var supervisorPIDFile: String { "\(runFolder)/supervisord.pid" }
}
