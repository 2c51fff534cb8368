import Testing

@testable import careinit

@Suite struct CertbotCommandTests {
    private func command(
        _ challenge: CertbotCommand.Challenge = .webroot("/srv/a state/acme"), folder: String = "/etc/letsencrypt"
    ) -> CertbotCommand {
        CertbotCommand(
            host: "notes.care.org", folder: folder, challenge: challenge, authority: .letsEncrypt, contact: nil,
            hook: "/usr/bin/careinit certs install --env-file /srv/.env")
    }

    @Test func `the command line is what an operator would type`() {
        #expect(
            command().line
                == "certbot certonly --non-interactive --agree-tos --register-unsafely-without-email --webroot -w "
                + "'/srv/a state/acme' -d notes.care.org --cert-name notes.care.org --key-type ecdsa --config-dir "
                + "/etc/letsencrypt --keep-until-expiring --deploy-hook "
                + "'/usr/bin/careinit certs install --env-file /srv/.env'")
    }

    @Test(arguments: [
        (CertbotCommand.Challenge.standalone(address: "0.0.0.0", port: 80), "--standalone --http-01-port 80 -d"),
        (
            .standalone(address: "127.0.0.1", port: 8080),
            "--standalone --http-01-port 8080 --http-01-address 127.0.0.1 -d"
        ), (.webroot("/a"), "--webroot -w /a -d"),
    ])
    func `certbot listens itself, or lays its answer into a folder`(
        challenge: CertbotCommand.Challenge, words: String
    ) { #expect(command(challenge).line.contains(words)) }

    @Test(arguments: [
        (CertbotCommand.Authority.letsEncrypt, nil), (.staging, "--staging"),
        (.server("https://ca/d"), "--server https://ca/d"),
    ])
    func `the authority is Let's Encrypt unless another one is named`(
        authority: CertbotCommand.Authority, words: String?
    ) {
        var command = command()
        command.authority = authority
        #expect(command.line.contains("--staging") == (authority == .staging))
        #expect(command.line.contains("--server") == (words?.hasPrefix("--server") ?? false))
        #expect(words.map(command.line.contains) ?? true)
    }

    @Test func `a folder of one's own holds all of certbot's, so that no root is needed`() {
        #expect(
            command(folder: "/srv/le").line.contains(
                "--config-dir /srv/le --work-dir /srv/le/work --logs-dir /srv/le/logs"))
    }

    @Test func `contact, force and rehearsal are passed on`() {
        var command = command()
        command.contact = "it@care.org"
        command.isForced = true
        #expect(command.line.contains("--email it@care.org") && !command.line.contains("unsafely"))
        #expect(command.line.contains("--force-renewal") && !command.line.contains("--keep-until"))
        command.isRehearsal = true
        #expect(command.line.contains("--dry-run") && !command.line.contains("--force-renewal"))
    }
}

@Suite struct DeployHookTests {
    @Test(arguments: [
        ("/usr/bin/careinit", "/srv/.env", nil, "/usr/bin/careinit certs install --env-file /srv/.env"),
        (
            "/usr/bin/careinit", "/srv/it's/.env", nil,
            #"/usr/bin/careinit certs install --env-file '/srv/it'\''s/.env'"#
        ), ("/a b/careinit", "/srv/.env", nil, "env '/a b/careinit' certs install --env-file /srv/.env"),
        ("/c", "/e", "/home/x", "env XDG_STATE_HOME=/home/x /c certs install --env-file /e"),
    ])
    func `it is one line whose first word is a program as it stands`(
        program: String, file: String, home: String?, line: String
    ) { #expect(DeployHook.line(program: program, environmentFile: file, stateHome: home) == line) }

    @Test func `a shell reads the words as they were`() throws {
        let words = ["a b", "it's", "$HOME", "`x`", "", "*", "\\", "\"", "a\tb"]
        let output = try Subprocess(
            arguments: ["sh", "-c", "printf '%s\\n' " + ShellWord.joined(words)]
        ).run()
        #expect(output.text == words.map { $0 + "\n" }.joined())
    }
}
