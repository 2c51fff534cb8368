extension StackPlanner {
    func carenotes() -> PlanPart {
        var part = PlanPart()
        for number in 1...Self.replicaCount {
            part.services.append(replica(number))
            // What it read is written here before it answers, until the database has it.
            part.folders.append(privateFolder(data("app-\(number)"), .carenotes))
            part.files += files(of: number)
        }
        return part
    }

    /// Its settings, and the keys that it accepts beside those; of the secrets it takes new ones while it runs.
    private func files(of number: Int) -> [PlannedFile] {
        let folder = "app-\(number)"
        var settings = file("\(folder)/carenotes.env", replicaEnvironment, .carenotes, secret: true)
        settings.startContents = ReplicaEnvironment.withoutReloaded(replicaEnvironment)
        let keys = file("\(folder)/keys.env", overlap.keysFile(generation: generation), .carenotes, secret: true)
        return [settings, keys.takenWhileRunning]
    }

    private func replica(_ number: Int) -> ServicePlan {
        let name = "app-\(number)"
        let port = settings.application.ports[number - 1]
        var service = service(
            name, title: "carenotes replica \(number)", .carenotes,
            command: [
                host.carenotes, "serve", "--env-file", inForce("\(name)/carenotes.env"), "--keys-file",
                inForce("\(name)/keys.env"), "--instance", "\(number)", "--spool", data(name),
            ] + replicaAddresses,
            priority: StartOrder.application,
            listeners: [Listener(address: address(name), port: port, variable: "PORT")],
            health: .http(address: address(name), port: port, path: "/api/health/ready"))
        // It drains first, and then gives requests in flight their time.
        service.reloadSignal = "HUP"
        service.stopTimeout = settings.application.shutdownSeconds + 15
        return service
    }
}
