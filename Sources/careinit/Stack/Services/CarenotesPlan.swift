extension StackPlanner {
    func carenotes() -> PlanPart {
        var part = PlanPart()
        for number in 1...Self.replicaCount {
            part.services.append(replica(number))
            // What it read is written here before it answers, until the database has it.
            part.folders.append(privateFolder(data("app-\(number)"), .carenotes))
            part.files.append(file("app-\(number)/carenotes.env", replicaEnvironment, .carenotes, secret: true))
            part.files.append(file("app-\(number)/keys.env", keysFile, .carenotes, secret: true))
        }
        return part
    }

    /// Which generation this is.
    private var keysFile: [UInt8] {
        KeyValueFile.bytes(
            ["GENERATION": "\(generation)"],
            comment: "Which generation this is, and the keys accepted beside .env's.")
    }

    private func replica(_ number: Int) -> ServicePlan {
        let name = "app-\(number)"
        let port = settings.application.ports[number - 1]
        var service = service(
            name, title: "carenotes replica \(number)", .carenotes,
            command: [
                host.carenotes, "serve", "--env-file", generated("\(name)/carenotes.env"), "--keys-file",
                generated("\(name)/keys.env"), "--instance", "\(number)", "--spool", data(name),
            ] + replicaAddresses,
            priority: StartOrder.application,
            listeners: [Listener(address: address(name), port: port, variable: "PORT")],
            health: .http(address: address(name), port: port, path: "/api/health/ready"))
        // It drains first, and then gives requests in flight their time.
        service.stopTimeout = settings.application.shutdownSeconds + 15
        return service
    }
}
