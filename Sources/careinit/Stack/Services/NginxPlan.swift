extension StackPlanner {
    func nginx() throws(TemplateFault) -> PlanPart {
        let folders = [run("nginx"), "\(project.stateDirectory)/logs/nginx"]
        let files = [
            try file("nginx/nginx.conf", template: "nginx/nginx.conf", nginxValues, .nginx).takenWhileRunning,
            try file("nginx/start.sh", template: "nginx/nginx-start.sh", nginxStart, .nginx),
            file("nginx/fullchain.pem", certificate.chainPEM, .nginx).takenWhileRunning,
            file("nginx/privkey.pem", certificate.keyPEM, .nginx, secret: true).takenWhileRunning,
        ]
        var service = service(
            "nginx", title: "nginx", .nginx, command: ["/bin/sh", inForce("nginx/start.sh")],
            priority: StartOrder.web, listeners: webListeners,
            health: .https(
                address: webAddress, port: settings.web.httpsPort, path: "/api/health",
                serverName: settings.application.host,
                trust: certificate.isPubliclyTrusted ? nil : onHost("nginx/fullchain.pem")))
        // Its workers are known by it.
        service.directory = run("nginx")
        service.capability = host.capability(toListenOn: [settings.web.httpPort, settings.web.httpsPort])
        service.stopSignal = "QUIT"
        service.reloadSignal = "HUP"
        service.stopTimeout = 40
        let test = [
            host.path(.nginx), "-e", "stderr", "-p", run("nginx"), "-c", generated("nginx/nginx.conf"), "-t",
        ]
        let check = ConfigurationCheck(
            service: "nginx", command: checker("nginx", test), file: "nginx/nginx.conf")
        return PlanPart(
            services: [service], folders: folders.map { privateFolder($0, .nginx) } + [challengeFolder],
            files: files,
            checks: [check])
    }

    /// Whoever runs careinit writes to it, and nginx' user reads.
    private var challengeFolder: PlannedFolder {
        PlannedFolder(path: project.challengeFolder, mode: 0o755, owner: nil)
    }

    /// Where this machine reaches nginx.
    private var webAddress: String { settings.web.address == "0.0.0.0" ? "127.0.0.1" : settings.web.address }

    private var webListeners: [Listener] {
        [("HTTP_PORT", settings.web.httpPort), ("HTTPS_PORT", settings.web.httpsPort)]
            .map { Listener(address: settings.web.address, port: $0.1, variable: $0.0) }
    }

    private var nginxStart: TemplateScope {
        [
            "folder": .text(run("nginx")), "nginx": .text(host.path(.nginx)),
            // Through the link, so that the same nginx reads the next generation when it is told to.
            "configuration": .text(inForce("nginx/nginx.conf")),
        ]
    }

    private var nginxValues: TemplateScope {
        let web = settings.web
        let name = settings.application.host
        var values: TemplateScope = [
            "pid_file": .text("\(run("nginx"))/nginx.pid"),
            "challenge_folder": .text(challengeRoot),
            "access_log": .text(accessLog),
            "replicas": .list(
                settings.application.ports.enumerated().map {
                    ["address": .text(Address.withPort(address("app-\($0.offset + 1)"), $0.element))]
                }),
            "http_listen": .text(Address.withPort(webBindAddress, web.httpPort)),
            "https_listen": .text(Address.withPort(webBindAddress, web.httpsPort)),
            "server_name": .text(name.contains(":") ? "[\(name)]" : name),
            "origin": .text(settings.application.origin),
            // `listen … http2` is deprecated from 1.25.1 on, and the directive unknown before.
            "http2_directive": .flag((host.version(.nginx) ?? ProgramVersion(1, 22)) >= ProgramVersion(1, 25, 1)),
            // OpenSSL knows the group from 3.5 on, and refuses a list with a name that it does not know.
            "hybrid_group": .flag((host.openSSL(.nginx) ?? ProgramVersion(3)) >= ProgramVersion(3, 5)),
            "strict_transport": .flag(StrictTransport.isSafe(host: name, certificate: web.certificate)),
        ]
        for kind in ["body", "proxy", "fastcgi", "uwsgi", "scgi"] {
            values["\(kind)_folder"] = .text("\(run("nginx"))/\(kind)")
        }
        return values
    }
}
