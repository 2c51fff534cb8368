import Certs

/// `careinit certs trust` and `untrust`: whether this machine trusts what the local authority signs.
enum CertsTrustCommand {
    static let command = Command(
        name: "certs trust",
        summary: "Let this machine, and the browsers on it, trust the local authority. Needs root.",
        options: [.environmentFile],
        examples: [
            .init(line: "sudo careinit certs trust", meaning: "After careinit certs create, once on each machine.")
        ],
        run: { try run($0) { (store, entry) throws(CommandFailure) in try store.add(entry) } })

    static let removal = Command(
        name: "certs untrust",
        summary: "Take the local authority out of what this machine trusts. Needs root.",
        options: [.environmentFile],
        examples: [
            .init(line: "sudo careinit certs untrust", meaning: "Before its folder is deleted or given away.")
        ],
        run: { try run($0) { (store, entry) throws(CommandFailure) in try store.remove(entry) } })

    private static func run(
        _ invocation: Invocation,
        _ change: (TrustStore, TrustStore.Entry) throws(CommandFailure) -> [String]
    ) throws -> ExitCode {
        let local = LocalAuthority.beside(environmentFile: invocation.value("--env-file") ?? ".env")
        guard let authority = try load(local) else {
            throw CommandFailure(
                .missingInput, "there is no local authority", place: local.folder,
                fix: "careinit certs create makes one; --env-file names the stack whose authority it is")
        }
        let entry = TrustStore.Entry(
            certificatePEM: authority.pair.certificatePEM, fingerprint: authority.fingerprint)
        let lines = try change(TrustStore(), entry)
        if !invocation.console.isQuiet {
            for line in lines { invocation.console.print(line) }
        }
        return .success
    }

    private static func load(_ local: LocalAuthority) throws(CommandFailure) -> CertificateAuthority? {
        do {
            return try local.load()
        } catch {
            var failure = error
            if failure.exitCode == .notPermitted {
                failure.fix = "run the same command with sudo, in the same folder"
            }
            throw failure
        }
    }
}
