import EnvSchema

extension StackPlanner {
    func alertmanager() throws(TemplateFault) -> PlanPart {
        let port = settings.monitoring.alertmanagerPort
        let configuration = generated("alertmanager/alertmanager.yml")
        var files = [
            try file(
                "alertmanager/alertmanager.yml", template: "alertmanager/alertmanager.yml", mailValues, .prometheus
            )
        ]
        if let password = settings.mail?.password {
            files.append(file("alertmanager/smtp.password", Array(password.utf8), .prometheus, secret: true))
        }
        let service = service(
            "alertmanager", title: "Alertmanager", .prometheus,
            command: [
                host.path(.alertmanager), "--config.file=\(configuration)",
                "--storage.path=\(data("alertmanager"))",
                "--web.listen-address=\(Address.withPort(bindAddress("alertmanager"), port))",
                // One Alertmanager has no peers: without an address it opens no port for them.
                "--cluster.listen-address=", "--log.level=warn",
            ],
            priority: StartOrder.monitoring,
            listeners: [Listener(address: "127.0.0.1", port: port, variable: "ALERTMANAGER_PORT")],
            health: .http(address: "127.0.0.1", port: port, path: "/-/ready"))
        let check = ConfigurationCheck(
            service: "alertmanager",
            command: checker("alertmanager", [host.path(.amtool), "check-config", configuration]),
            file: "alertmanager/alertmanager.yml")
        return PlanPart(
            services: [service], folders: [privateFolder(data("alertmanager"), .prometheus)], files: files,
            checks: [check])
    }

    private var mailValues: TemplateScope {
        let mail = settings.mail
        return [
            "has_mail": .flag(mail != nil),
            "has_login": .flag(mail?.login != nil),
            "smarthost": .text(mail.map { Address.withPort($0.host, $0.port) } ?? ""),
            "sender": .text(mail.map(Self.sender) ?? ""),
            "hello": .text(settings.application.host),
            "requires_starttls": .text(mail?.isImplicitTLS == true ? "false" : "true"),
            "login": .text(mail?.login ?? ""),
            "password_file": .text(generated("alertmanager/smtp.password")),
            "receivers": .list([receiver("critical", mail?.critical), receiver("warning", mail?.warning)]),
        ]
    }

    private func receiver(_ name: String, _ address: String?) -> TemplateScope {
        [
            "name": .text(name), "has_address": .flag(address != nil), "address": .text(address ?? ""),
            "subject": .text(Self.alertSubject(settings.application.name)),
            "text": .text(Self.alertText(settings.application)),
        ]
    }

    /// RFC 5322 §3.4: a display name in quotes, and the address.
    private static func sender(_ mail: StackSettings.Mail) -> String {
        guard let name = mail.senderName, !name.isEmpty else { return mail.sender }
        let quoted = name.reduce(into: "") { $0 += $1 == "\"" || $1 == "\\" ? "\\\($1)" : "\($1)" }
        return "\"\(quoted)\" <\(mail.sender)>"
    }

    /// In Alertmanager's own template language, where the application's name is a string constant.
    private static func alertSubject(_ name: String) -> String {
        "[\(literal(name))] {{ .Status | toUpper }} {{ .CommonLabels.severity }}: {{ .CommonLabels.alertname }}"
    }

    private static func alertText(_ application: StackSettings.Application) -> String {
        """
        \(literal(application.name)) at \(literal(application.origin))

        {{ range .Alerts }}{{ .Status | toUpper }}: {{ .Annotations.summary }}
        {{ .Annotations.description }}
        since {{ .StartsAt.Format "2006-01-02 15:04:05 MST" }}

        {{ end }}
        """
    }

    /// Text that holds no tag of Alertmanager's templates.
    private static func literal(_ text: String) -> String {
        text.contains("{{") ? "{{ \(Splice.json.write(text) ?? "\"\"") }}" : text
    }
}
