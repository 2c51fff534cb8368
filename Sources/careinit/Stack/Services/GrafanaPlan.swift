extension StackPlanner {
    /// Its files are always rendered; it runs where its program is installed.
    func grafana() throws(TemplateFault) -> PlanPart {
        let monitoring = settings.monitoring
        let user: ServiceUser = host.has(.grafana) ? .grafana : .prometheus
        let folder = "grafana/provisioning"
        let password = file("grafana/admin.password", Array(monitoring.grafanaPassword.utf8), user, secret: true)
            .untold
        let files = [
            try file("grafana/grafana.ini", template: "grafana/grafana.ini", grafanaValues, user),
            password,
            try file(
                "\(folder)/datasources/datasources.yml", template: "grafana/datasources.yml",
                [
                    "prometheus_url": .text(
                        "http://\(Address.withPort(address("prometheus"), monitoring.prometheusPort))"),
                    "alertmanager_url": .text(
                        "http://\(Address.withPort(address("alertmanager"), monitoring.alertmanagerPort))"),
                ], user),
            try file(
                "\(folder)/dashboards/dashboards.yml", template: "grafana/dashboards.yml",
                ["dashboard_folder": .text(generated("grafana/dashboards"))], user),
            try file(
                "grafana/dashboards/carenotes.json", template: "grafana/carenotes.json",
                ["app_name": .text(settings.application.name), "origin": .text(settings.application.origin)], user),
        ]
        guard host.has(.grafana) else {
            return PlanPart(files: files, omissions: [Omission(service: "grafana", reason: absenceOfGrafana)])
        }
        let service = service(
            "grafana", title: "Grafana", user,
            command: [
                host.path(.grafana), "server", "--homepath", "/usr/share/grafana", "--config",
                generated("grafana/grafana.ini"),
            ],
            priority: StartOrder.monitoring,
            listeners: [Listener(address: "127.0.0.1", port: monitoring.grafanaPort, variable: "GRAFANA_PORT")],
            health: .http(address: "127.0.0.1", port: monitoring.grafanaPort, path: "/api/health"))
        return PlanPart(services: [service], folders: [privateFolder(data("grafana"), user)], files: files)
    }

    private var grafanaValues: TemplateScope {
        [
            "data_folder": .text(data("grafana")),
            "provisioning_folder": .text(generated("grafana/provisioning")),
            "address": .text(bindAddress("grafana")),
            "port": .number(settings.monitoring.grafanaPort),
            "admin_user": .text(settings.monitoring.grafanaUser),
            "password_source": .text("$__file{\(generated("grafana/admin.password"))}"),
        ]
    }
}
