import Testing

/// `careinit check` on a full, valid `.env` with one mistake in it.
@Suite struct CheckMistakesTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Lines that take the place of the variables' own, or are added where there is none.
        var lines: [String]
        var findings: [String]

        init(_ description: String, _ lines: [String], _ findings: [String]) {
            (testDescription, self.lines, self.findings) = (description, lines, findings)
        }
    }

    static let strong = "Zq3vT8yLw1RkNf6BxHs2JdUc7PmEaG5o"

    static let mistakes = [
        Mistake("an unclosed quote", ["APP_NAME=\"Rosewood"], ["unterminated-quote"]),
        Mistake("no equals sign", ["APP_NAME"], ["missing-equals"]),
        Mistake("a missing value", ["APP_URL="], ["missing-required"]),
        Mistake("a word for a port", ["DB_PORT=postgres"], ["invalid-value"]),
        Mistake("a number for a switch", ["SMTP_SECURE=2"], ["invalid-value"]),
        Mistake(
            "a placeholder of 54 characters",
            ["DB_PASSWORD=CHANGE_THIS_TO_A_VERY_STRONG_PASSWORD_OF_32_CHARACTERS"], ["placeholder"]),
        Mistake("a short secret", ["DB_PASSWORD=Zq3vT8yLw1RkNf6BxHs2JdUc7PmEaG5"], ["secret-too-short"]),
        Mistake(
            "one secret under two names", ["DB_PASSWORD=\(strong)", "REDIS_PASSWORD=\(strong)"], ["reused-secret"]),
        Mistake("a name with a slip", ["REDIS_PASWORD=\(strong)"], ["unknown-name", "REDIS_PASSWORD"]),
        Mistake(
            "access tokens that outlive refresh tokens", ["JWT_EXPIRES_IN=1d", "JWT_REFRESH_EXPIRES_IN=1d"],
            ["not-less"]),
        Mistake(
            "one secret for both tokens", ["JWT_SECRET=\(strong)", "JWT_REFRESH_SECRET=\(strong)"],
            ["reused-secret"]),
        Mistake(
            "implicit TLS on the port of STARTTLS",
            [
                "SMTP_HOST=mail.rosewood.org.uk", "SMTP_FROM=notes@rosewood.org.uk",
                "ALERT_EMAIL_CRITICAL=duty@rosewood.org.uk", "SMTP_PORT=587", "SMTP_SECURE=true",
            ], ["contradiction"]),
        Mistake(
            "a sender that is no address",
            [
                "SMTP_HOST=mail.rosewood.org.uk", "SMTP_FROM=Rosewood",
                "ALERT_EMAIL_CRITICAL=duty@rosewood.org.uk",
            ], ["invalid-value"]),
        Mistake("half of the mail settings", ["SMTP_HOST=mail.rosewood.org.uk"], ["incomplete-group"]),
        Mistake("no name for Grafana's administrator", ["GRAFANA_ADMIN_USER="], ["missing-required"]),
    ]

    let folder: ScratchFolder
    let path: String

    init() throws {
        folder = try ScratchFolder()
        path = try SettingsFiles.provision(in: folder)
    }

    /// The valid file with these lines in it, and the line number of the first.
    private func apply(_ mistake: Mistake) throws -> Int {
        var text = Files.text(path)
        for line in mistake.lines {
            let name = String(line.prefix { $0 != "=" })
            let changed = SettingsFiles.replacing(name, by: line, in: text)
            text = changed == text && !text.contains("\n\(line)\n") ? text + line + "\n" : changed
        }
        try Files.write(Array(text.utf8), to: path)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return (lines.firstIndex { $0 == mistake.lines.first ?? "" } ?? -1) + 1
    }

    @Test(arguments: mistakes)
    func `it is found, and the secrets of the file are not shown`(_ mistake: Mistake) throws {
        _ = try apply(mistake)
        let outcome = try careinit("check", in: folder.path)
        #expect(outcome.code == 1, "\(outcome)")
        #expect(missing(mistake.findings + [".env:", "Fix: "], in: outcome.output) == [], "\(outcome)")
        let json = try careinit("check", "--format", "json", in: folder.path)
        #expect(json.code == 1 && json.output.contains(mistake.findings[0]))
        let written = Files.text(path)
        for name in ["DB_PASSWORD", "REDIS_PASSWORD", "JWT_SECRET", "JWT_REFRESH_SECRET", "ENCRYPTION_KEY"] {
            let secret = SettingsFiles.value(of: name, in: written) ?? ""
            #expect(!outcome.text.contains(secret) && !json.text.contains(secret))
        }
    }

    @Test func `all of them at once, each with its line`() throws {
        let chosen = Self.mistakes.filter { ["a word for a port", "a short secret"].contains($0.testDescription) }
        let lines = try chosen.map { try apply($0) }
        let outcome = try careinit("check", in: folder.path)
        #expect(missing(chosen.flatMap(\.findings), in: outcome.output) == [], "\(outcome)")
        let last = try apply(chosen[0])
        #expect(lines.count == 2 && last > 0)
        #expect(outcome.output.contains(".env:\(last):9"), "\(outcome)")
    }

    @Test func `a file that others may read is a finding`() throws {
        try Files.write(Files.read(path), to: path, mode: 0o644)
        let outcome = try careinit("check", in: folder.path)
        #expect(outcome.code == 1 && outcome.output.contains("readable-by-others"), "\(outcome)")
    }

    @Test func `a file that git tracks is a finding, and an ignored one is not`() throws {
        for arguments in [["init", "-q"], ["add", "-f", ".env"]] {
            let outcome = try run(
                ["git"] + arguments, in: folder.path, environment: ["GIT_CONFIG_GLOBAL": "/dev/null"])
            #expect(outcome.code == 0, "\(outcome)")
        }
        let tracked = try careinit("check", in: folder.path)
        #expect(tracked.code == 1 && tracked.output.contains("tracked-by-git"), "\(tracked)")
        _ = try run(["git", "rm", "-q", "--cached", ".env"], in: folder.path)
        #expect(try careinit("check", in: folder.path).code == 0)
    }
}
