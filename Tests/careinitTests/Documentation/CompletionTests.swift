import EnvSchema
import Testing

@testable import careinit

@Suite struct CompletionTests {
    /// What is typed, and every answer to it.
    static let lines: [(line: String, answers: Set<String>)] = [
        ("careinit ch", ["check"]),
        ("careinit ", Set(CommandTable.all.filter { !$0.isInternal }.map { $0.group ?? $0.name })),
        ("careinit certs ", ["create", "issue", "check", "install", "verify", "trust", "untrust"]),
        ("careinit certs v", ["verify"]),
        ("careinit certs verify --fo", ["--format"]),
        ("careinit certs verify --format ", ["text", "json"]),
        ("careinit --env-file old.env certs verify --ca o", ["old.env"]),
        ("careinit -q st", ["status"]),
        ("careinit --env-file old.env st", ["status"]),
        ("careinit check --fo", ["--for", "--format"]),
        ("careinit check --format ", ["text", "json", "sarif", "github"]),
        ("careinit check --format=s", ["sarif"]),
        ("careinit check --for compose,no", ["node"]),
        ("careinit check --for=compose,no", ["node"]),
        ("careinit check --for ", Set(Dialect.allCases.map(\.rawValue))),
        ("careinit check o", ["old.env"]),
        ("careinit check --format json o", ["old.env"]),
        ("careinit --env-file=o", ["old.env"]),
        ("careinit provision --profile ", ["local", "production"]),
        ("careinit explain DB_POOL_M", ["DB_POOL_MIN", "DB_POOL_MAX"]),
        ("careinit --env-file old.env explain DB_POOL_M", ["DB_POOL_MIN", "DB_POOL_MAX"]),
        ("careinit provision --set DB_POOL_M", ["DB_POOL_MIN", "DB_POOL_MAX"]),
        ("careinit provision -n --set=DB_POOL_M", ["DB_POOL_MIN", "DB_POOL_MAX"]),
        ("careinit provision --set LOG_FORMAT=", ["json", "simple"]),
        ("careinit provision --set=SMTP_SECURE=t", ["true"]),
        ("careinit provision --set DB_PASSWORD=@n", ["new.env"]),
        ("careinit logs -n ", []),
        ("careinit logs -n 3 --fo", ["--follow"]),
        ("careinit help exi", ["exit-codes"]),
        ("careinit man care", ["careinit.env"]),
        ("careinit completion ", ["bash", "zsh", "fish"]),
    ]

    @Test(arguments: CompletionShell.installed, lines.map(\.line))
    func `a shell proposes what may stand there, and nothing else`(_ shell: CompletionShell, _ line: String) throws
    {
        let expected = try #require(Self.lines.first { $0.line == line }).answers
        #expect(try shell.answers(to: line) == expected)
    }

    @Test(
        .enabled(
            if: CompletionShell.missing.isEmpty,
            "not installed, so not tried: \(CompletionShell.missing.joined(separator: ", ")); scripts/install test"
        ),
        arguments: CompletionShell.all)
    func `a shell can read its script`(_ shell: CompletionShell) throws {
        #expect(try shell.checksSyntax())
    }

    @Test(
        .enabled(if: Subprocess.find("bash") != nil, "bash is not installed"),
        arguments: [
            ("careinit che\t--form\ts\t", ["check", "--format", "sarif"]),
            ("careinit check --format=g\to\t", ["check", "--format=github", "odd name.env"]),
            (
                "careinit provision --set LOG_F\tj\t--set DB_PASSWORD=@o\t",
                [
                    "provision", "--set", "LOG_FORMAT=json", "--set", "DB_PASSWORD=@odd name.env",
                ]
            ),
        ])
    func `what bash writes into the line is what careinit takes`(_ keys: String, _ arguments: [String]) throws {
        let shell = CompletionShell(shell: .bash)
        #expect(try shell.argumentsInBash(typing: keys, files: ["odd name.env"]) == arguments)
    }

    @Test(arguments: CompletionShell.installed)
    func `a template runs nothing in a shell`(_ shell: CompletionShell) throws {
        let template = """
            # '; touch owned; echo ' "$(touch owned)" `touch owned` (touch owned) [x]: \\' touch owned
            # @type=enum(plain, "$(touch owned)", "'; touch owned; '", "; touch owned")
            # careinit: for=careinit
            KIND=plain
            """
        let schema = try Schema(template: EnvDocument(parsing: Array(template.utf8)))
        let script = shell.shell.script(CompletionTable(schema: schema))
        #expect(script.contains("KIND"))
        #expect(try !shell.filesAfter(reading: script).contains("owned"))
    }

    @Test func `every command and option of the table is in each script`() throws {
        for shell in CompletionShell.all {
            let script = try shell.script
            for command in CommandTable.all {
                let words = command.name.split(separator: " ")
                #expect(words.allSatisfy { script.contains($0) } || command.isInternal, "\(command.name)")
                for option in command.options {
                    let name = shell.shell == .fish ? "-l \(option.name.dropFirst(2))" : option.name
                    #expect(script.contains(name), "\(shell.shell) \(command.name) \(option.name)")
                }
            }
        }
    }

    @Test func `an option that takes one of a few words says so in the table`() {
        for command in CommandTable.all {
            for option in command.options where ["FORMAT", "PROFILE", "READERS"].contains(option.value ?? "") {
                #expect(!option.values.isEmpty, "\(command.name) \(option.name)")
            }
        }
    }

    @Test func `an unknown shell is a usage error`() {
        #expect(Careinit.run(["completion", "tcsh"]) == .usage)
    }
}
