import EnvSchema

/// `careinit certs issue`: a certificate from Let's Encrypt, or from another authority that speaks ACME, by certbot.
enum CertsIssueCommand {
    static let command = Command(
        name: "certs issue",
        summary: "Get a certificate from Let's Encrypt by certbot, and let certbot renew it by itself.",
        options: [
            .init(
                name: "--standalone",
                help: "Let certbot listen on HTTP_PORT (default: only where this stack's nginx does not run)."),
            .init(name: "--staging", help: "Ask Let's Encrypt's staging authority, which nobody trusts."),
            .init(name: "--server", value: "URL", help: "Ask another authority: the URL of its ACME directory."),
            .init(name: "--email", value: "ADDRESS", help: "The account's address (default: LETSENCRYPT_EMAIL)."),
            .init(name: "--force-renewal", help: "Get a new one although the one that is there lasts."),
            .init(name: "--rehearse", help: "Only see whether it would work, at the staging authority."),
            .init(name: "--dry-run", short: "-n", help: "Print certbot's command line; run nothing."),
            .environmentFile,
        ],
        examples: [
            .init(
                line: "sudo careinit certs issue",
                meaning: "Before the first careinit up, and while the stack runs."),
            .init(
                line: "sudo careinit certs issue --rehearse",
                meaning: "Whether the authority reaches this machine."),
            .init(
                line: "careinit certs issue --server https://ca.internal/acme/directory",
                meaning: "From an authority of your own."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let console = invocation.console
        let options = try options(invocation)
        let project = try StateDirectory.resolve(environmentFile: invocation.value("--env-file") ?? ".env")
        let configuration = try EnvironmentFile.requireValid(project, console: console)
        try StateDirectory.requireOwn(project)
        let issue = try CertificateIssue(
            project: project, settings: try StackSettings(configuration), options: options, console: console)
        if invocation.has("--dry-run") {
            console.print(try issue.command().line)
            return .success
        }
        let lines = try issue.run(signals: TerminationSignals())
        if !console.isQuiet { lines.forEach(console.print) }
        return .success
    }

    /// - Throws: exit code 64 for what contradicts itself, or is no address.
    static func options(_ invocation: Invocation) throws(CommandFailure) -> IssueOptions {
        var options = IssueOptions()
        options.isStandalone = invocation.has("--standalone")
        options.isForced = invocation.has("--force-renewal")
        options.isRehearsal = invocation.has("--rehearse")
        options.authority = try authority(invocation)
        options.contact = invocation.value("--email")
        if let contact = options.contact, !ValueType.email.accepts(contact) {
            throw CommandFailure(
                .usage, "\"\(contact)\" is no mail address", place: "--email", fix: "--email it@care.example")
        }
        return options
    }

    private static func authority(_ invocation: Invocation) throws(CommandFailure) -> CertbotCommand.Authority {
        guard let server = invocation.value("--server") else {
            return invocation.has("--staging") ? .staging : .letsEncrypt
        }
        guard !invocation.has("--staging") else {
            throw CommandFailure(
                .usage, "--staging and --server name two authorities", place: "careinit certs issue",
                fix: "name one of them")
        }
        guard server.hasPrefix("https://"), server.utf8.count > 8,
            server.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw CommandFailure(
                .usage, "\"\(server)\" is no ACME directory", place: "--server",
                why: "it must be a URL that begins with https://",
                fix: "--server https://ca.example/acme/directory")
        }
        return .server(server)
    }
}
