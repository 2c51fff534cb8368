import Certs
import EnvSchema

/// Which certificate `certs check` is to look at.
struct CertificateTarget {
    var certificatePath: String
    var keyPath: String
    /// certbot's folder, where it is one.
    var folder: CertificateFolder?
    /// The hosts that it is to be for.
    var hosts: [String]
    /// Who has to read it; nil where no stack of this machine is known to serve it.
    var access: PairAccess?

    /// From the command line, or else from the `.env`; nil where only a server is to be asked.
    ///
    /// - Throws: exit code 64 where the options contradict each other, 66 where there is neither.
    static func resolve(_ invocation: Invocation) throws(CommandFailure) -> CertificateTarget? {
        let hosts = invocation.values["--host"] ?? []
        let pair = (invocation.value("--cert"), invocation.value("--key"))
        if let folder = invocation.positionals.first {
            guard pair == (nil, nil) else { throw tooMuch }
            return Self.folder(folder, hosts: hosts)
        }
        switch pair {
        case (let certificate?, let key?): return Self(certificatePath: certificate, keyPath: key, hosts: hosts)
        case (nil, nil): break
        default:
            throw CommandFailure(
                .usage, "--cert and --key belong together", place: "careinit certs check",
                fix: "--cert fullchain.pem --key privkey.pem")
        }
        let path = invocation.value("--env-file") ?? ".env"
        if invocation.has("--connect"), !invocation.has("--env-file") { return nil }
        guard let settings = try CertificateProject.settings(path) else { throw nothing(path) }
        var target = configured(settings, hosts: hosts)
        target.access = PairAccess(project: try StateDirectory.resolve(environmentFile: path))
        return target
    }

    static func configured(_ settings: CertificateSettings, hosts: [String]) -> CertificateTarget {
        let isCertbot = settings.mode == .letsencrypt
        return Self(
            certificatePath: settings.certificatePath, keyPath: settings.keyPath,
            folder: isCertbot
                ? CertificateFolder(root: settings.letsencryptFolder, name: settings.host, reader: .files) : nil,
            hosts: hosts.isEmpty ? [settings.host] : hosts)
    }

    /// A folder with the two files; one of certbot's is known by its links.
    private static func folder(_ path: String, hosts: [String]) -> CertificateTarget {
        let bare = path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path
        let whole = bare.hasPrefix("/") ? bare : FileSystem.realPath(bare) ?? bare
        let parts = whole.split(separator: "/")
        let isCertbot = parts.count >= 2 && parts[parts.count - 2] == "live"
        let root = "/" + parts.dropLast(2).joined(separator: "/")
        let name = parts.last.map(String.init) ?? ""
        return Self(
            certificatePath: "\(bare)/fullchain.pem", keyPath: "\(bare)/privkey.pem",
            folder: isCertbot ? CertificateFolder(root: root, name: name, reader: .files) : nil,
            hosts: hosts.isEmpty && isCertbot && name.contains(".") ? [name] : hosts)
    }

    private static let tooMuch = CommandFailure(
        .usage, "a folder and --cert name two certificates", place: "careinit certs check", fix: "name one of them"
    )

    private static func nothing(_ path: String) -> CommandFailure {
        CommandFailure(
            .missingInput, "there is no certificate to check", why: "no folder was named, and there is no \(path)",
            fix: "careinit certs check DIR, or --cert FILE --key FILE, or --connect HOST:PORT")
    }
}

/// What the `.env` says about the certificate.
enum CertificateProject {
    /// nil where there is no such file, or where it names no host or no TLS_MODE.
    static func settings(_ path: String) throws(CommandFailure) -> CertificateSettings? {
        guard FileSystem.exists(path) else { return nil }
        let template = try TemplateSource.environment()
        let document = EnvDocument(parsing: try SettingsFile.read(path).bytes)
        var inputs = AnswerInputs()
        inputs.existing = document
        let sheet = AnswerSheet(schema: template.schema, template: template.document, inputs: inputs)
        let folder = FileSystem.realPath(path)?.parentPath ?? path.parentPath
        return CertificateSettings(sheet, folder: folder)
    }
}
