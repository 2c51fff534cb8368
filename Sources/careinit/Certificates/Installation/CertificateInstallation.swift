import Certs
import Secrets

/// Puts a certificate to work in the stack that runs, and takes it back unless it is really served.
///
/// Only nginx is touched, and of the configuration only the pair: whatever else has been changed in the `.env` since the
/// last `up` waits for the next one. The caller holds the project's lock.
struct CertificateInstallation {
    let project: Project
    let runtime: any Runtime
    let source: InstallationSource
    /// How long nginx may take to serve it.
    let timeout: Duration

    private static let service = "nginx"
    private static let certificateFile = "nginx/fullchain.pem"
    private static let keyFile = "nginx/privkey.pem"

    private var store: GenerationStore { GenerationStore(project: project) }

    /// - Throws: exit code 78 where nginx refuses the pair, 1 where it did not serve it and the old one is back.
    func run() throws(CommandFailure) -> InstallationReport {
        guard runtime.isUp, let applied = AppliedPlan.load(project), let old = store.current,
            let entry = applied.entries.first(where: { $0.service.name == Self.service })
        else {
            let subjects = subjects(replacing: source.destination?.pair)
            try source.destination?.write(source.pair)
            if source.destination != nil { try record("not served yet: nginx does not run", subjects) }
            return InstallationReport(.staged, source)
        }
        if isServed(entry, by: old) {
            try source.destination?.write(source.pair)
            return report(.unchanged, generation: old)
        }
        let number = try makeGeneration(from: old, entry)
        let subjects = subjects(replacing: storedPair(old))
        let moved = try entry.moved(to: number, files: try store.files(of: number))
        try change(from: old, to: moved, applied)
        var after = applied
        after.generation = number
        after.entries = applied.entries.map { $0.service.name == Self.service ? moved : $0 }
        try after.save(project)
        try record("served", subjects, generation: number)
        return report(.installed, generation: number, previous: old)
    }

    private func report(
        _ outcome: InstallationReport.Outcome, generation: Int, previous: Int? = nil
    ) -> InstallationReport {
        var report = InstallationReport(outcome, source)
        (report.generation, report.previousGeneration) = (generation, previous)
        return report
    }

    private func record(
        _ note: String, _ subjects: [AuditLog.Subject], generation: Int? = nil
    ) throws(CommandFailure) {
        try AuditLog(project).append(
            action: .certificateInstalled, subjects: subjects, file: source.place, generation: generation,
            note: note)
    }

    /// The pair in the place of what is there.
    private func subjects(replacing old: CertificatePair?) -> [AuditLog.Subject] {
        let (before, after) = (old, source.pair)
        return [
            .init(
                name: "certificate", before: before.map { SecretBytes($0.certificatePEM) },
                after: SecretBytes(after.certificatePEM)),
            .init(name: "key", before: before.map { SecretBytes($0.keyPEM) }, after: SecretBytes(after.keyPEM)),
        ]
    }

    private func isServed(_ entry: AppliedPlan.Entry, by generation: Int) -> Bool {
        storedPair(generation) == source.pair
            && ServedReadBack(entry.service)?.difference(from: source.pair.certificatePEM) == nil
    }

    private func storedPair(_ generation: Int) -> CertificatePair? {
        PairFiles(
            certificatePath: "\(store.path(generation))/\(Self.certificateFile)",
            keyPath: "\(store.path(generation))/\(Self.keyFile)"
        ).pair
    }

    // MARK: - Steps

    /// Copies the generation in force, with the new pair in it, and lets nginx look at the copy.
    private func makeGeneration(from old: Int, _ entry: AppliedPlan.Entry) throws(CommandFailure) -> Int {
        let number = store.next
        let changed = changedFiles(entry)
        let files = try store.files(of: old).map { file in
            var file = file
            if let contents = changed[file.path] { file.contents = contents }
            return file
        }
        try store.write(files, as: number)
        do {
            try ConfigurationChecks(plan: check(entry, files, number), generationFolder: store.path(number)).run()
        } catch {
            store.discard(number)
            throw error
        }
        return number
    }

    /// The pair, and what Prometheus is told of it.
    private func changedFiles(_ entry: AppliedPlan.Entry) -> [String: [UInt8]] {
        let host = ServedReadBack(entry.service)?.serverName ?? ""
        let metrics = CertificateMetrics(chainPEM: source.pair.certificatePEM, host: host)
        return [
            Self.certificateFile: source.pair.certificatePEM, Self.keyFile: source.pair.keyPEM,
            CertificateMetrics.path: Array(metrics.text.utf8),
        ]
    }

    /// `nginx -t` on the new generation.
    private func check(_ entry: AppliedPlan.Entry, _ files: [PlannedFile], _ number: Int) -> StackPlan {
        let check = ConfigurationCheck(
            service: Self.service, command: checker(entry, number), file: "\(Self.service)/nginx.conf")
        return StackPlan(
            generation: number, services: [entry.service], folders: [],
            files: files.filter { $0.path.hasPrefix("nginx/") }, checks: [check])
    }

    /// Its start script, told to look only. Where nginx runs in a container, its checker does, too.
    private func checker(_ entry: AppliedPlan.Entry, _ number: Int) -> [String] {
        let folder = "\(store.path(number))/\(Self.service)"
        let container = entry.service.container.map {
            ContainerCheck(image: $0.image, service: Self.service, folder: folder)
        }
        func place(_ name: String) -> String { container?.path(name) ?? "\(folder)/\(name)" }
        let script = "/\(Self.service)/start.sh"
        let command =
            entry.service.command.map { $0.hasSuffix(script) ? place("start.sh") : $0 } + [
                "-t", place("nginx.conf"),
            ]
        return container?.command(command) ?? command
    }

    /// From here on nginx may serve the new pair; what fails is taken back.
    private func change(
        from old: Int, to entry: AppliedPlan.Entry, _ applied: AppliedPlan
    ) throws(CommandFailure) {
        let before = source.destination?.pair
        let inUse = applied.generationsInUse.union([old])
        do {
            // First: a run that is killed behind this line leaves a pair that the next `up` serves.
            try source.destination?.write(source.pair)
            try store.activate(entry.generation, keeping: inUse)
            try reload(entry.service, expecting: source.pair.certificatePEM)
        } catch {
            try rollBack(to: old, from: entry, before: before, inUse: inUse, error)
        }
    }

    private func reload(_ service: ServicePlan, expecting chain: [UInt8]) throws(CommandFailure) {
        guard let readBack = ServedReadBack(service) else { return }
        try runtime.reload(service)
        guard let reason = readBack.wait(for: chain, within: timeout) else { return }
        throw CommandFailure(
            .failure, "nginx does not serve the new certificate", place: source.place, why: reason)
    }

    private func rollBack(
        to old: Int, from entry: AppliedPlan.Entry, before: CertificatePair?, inUse: Set<Int>,
        _ cause: CommandFailure
    ) throws(CommandFailure) -> Never {
        try store.activate(old, keeping: inUse)
        if let before { try source.destination?.write(before) }
        var failure = cause
        failure.what += "; the one before is in force again"
        failure.fix = "careinit logs nginx says why it refused the new one"
        if let chain = FileSystem.read("\(store.path(old))/\(Self.certificateFile)") {
            do { try reload(entry.service, expecting: chain) } catch {
                failure.what = "\(cause.what), nor the one before, which is in force again"
                failure.fix = "careinit status shows whether nginx runs; careinit up starts it with the old pair"
            }
        }
        store.discard(entry.generation)
        throw failure
    }
}
