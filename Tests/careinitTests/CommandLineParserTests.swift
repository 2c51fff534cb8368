import Testing

@testable import careinit

@Suite struct CommandLineParserTests {
    let parser = CommandLineParser(commands: [
        Command(
            name: "provision", summary: "Writes.",
            options: [
                .init(name: "--set", value: "KEY=VALUE", help: "One answer.", isRepeated: true),
                .init(name: "--answers", value: "FILE", help: "Answers."),
                .init(name: "--dry-run", short: "-n", help: "Write nothing."),
                .init(name: "--level", short: "-l", value: "N", help: "A number."),
            ], run: { _ in .success }),
        Command(
            name: "check", summary: "Checks.", arguments: [.init(name: "FILE", help: "The file.")],
            run: { _ in .success }),
        Command(
            name: "logs", summary: "Logs.",
            arguments: [.init(name: "SERVICE", help: "A service.", isRequired: true, isRepeated: true)],
            run: { _ in .success }),
        Command(
            name: "exec", summary: "Runs.",
            arguments: [
                .init(name: "SERVICE", help: "Where.", isRequired: true),
                .init(name: "COMMAND", help: "What.", isRequired: true, isRepeated: true),
            ], wrapsProgram: true, run: { _ in .success }),
        Command(name: "supervise", summary: "Internal.", isInternal: true, run: { _ in .success }),
        Command(
            name: "certs verify", summary: "Verifies.",
            options: [.init(name: "--ca", value: "FILE", help: "Whom.")],
            run: { _ in .success }),
        Command(
            name: "certs check", summary: "Checks.", arguments: [.init(name: "DIR", help: "The folder.")],
            run: { _ in .success }),
    ])

    struct Accepted: CustomTestStringConvertible {
        var line: [String]
        var command: String?
        var positionals: [String] = []
        var values: [String: [String]] = [:]
        var testDescription: String { line.joined(separator: " ") }
    }

    @Test(arguments: [
        Accepted(line: ["provision"], command: "provision"),
        Accepted(
            line: ["provision", "--set", "A=1", "--set=B=2=3"], command: "provision",
            values: ["--set": ["A=1", "B=2=3"]]),
        Accepted(
            line: ["-qn", "provision"].reversed(), command: "provision",
            values: ["--quiet": [""], "--dry-run": [""]]),
        Accepted(
            line: ["provision", "-nl5"], command: "provision", values: ["--dry-run": [""], "--level": ["5"]]),
        Accepted(line: ["provision", "-l", "-5"], command: "provision", values: ["--level": ["-5"]]),
        Accepted(line: ["provision", "--answers", "-"], command: "provision", values: ["--answers": ["-"]]),
        Accepted(line: ["provision", "--answers="], command: "provision", values: ["--answers": [""]]),
        Accepted(
            line: ["--env-file", "x", "check", "y"], command: "check", positionals: ["y"],
            values: ["--env-file": ["x"]]),
        Accepted(line: ["check", "--", "--odd"], command: "check", positionals: ["--odd"]),
        Accepted(line: ["check", "-"], command: "check", positionals: ["-"]),
        Accepted(line: ["logs", "a", "b"], command: "logs", positionals: ["a", "b"]),
        Accepted(line: ["logs", "--help"], command: "logs", values: ["--help": [""]]),
        Accepted(
            line: ["exec", "pg-1", "psql", "-c", "SELECT 1", "--help", "--", "-q"], command: "exec",
            positionals: ["pg-1", "psql", "-c", "SELECT 1", "--help", "--", "-q"]),
        Accepted(
            line: ["exec", "-q", "pg-1", "--env-file", "x", "--", "-odd", "--", "--env-file"], command: "exec",
            positionals: ["pg-1", "-odd", "--", "--env-file"], values: ["--quiet": [""], "--env-file": ["x"]]),
        Accepted(
            line: ["exec", "--", "pg-1", "psql", "-c"], command: "exec", positionals: ["pg-1", "psql", "-c"]),
        Accepted(
            line: ["exec", "pg-1", "--help"], command: "exec", positionals: ["pg-1"], values: ["--help": [""]]),
        Accepted(line: ["supervise"], command: "supervise"),
        Accepted(line: ["certs", "verify", "--ca", "x"], command: "certs verify", values: ["--ca": ["x"]]),
        Accepted(
            line: ["-q", "certs", "check", "verify"], command: "certs check", positionals: ["verify"],
            values: ["--quiet": [""]]),
        Accepted(line: ["certs", "--help"], command: nil, values: ["--help": [""]]),
        Accepted(line: ["--version"], command: nil, values: ["--version": [""]]),
    ])
    func `reads what it should`(_ row: Accepted) throws {
        let request = try parser.parse(row.line)
        #expect(request.command?.name == row.command)
        #expect(request.positionals == row.positionals)
        #expect(request.values == row.values)
    }

    struct Refused: CustomTestStringConvertible {
        var line: [String]
        var error: UsageError
        var testDescription: String { line.joined(separator: " ") }
    }

    @Test(arguments: [
        Refused(line: [], error: .missingCommand),
        Refused(line: ["-q"], error: .missingCommand),
        Refused(
            line: ["certs"], error: .missingSubcommand("certs", commands: ["certs verify", "certs check"])),
        Refused(line: ["certs", "verfy"], error: .unknownCommand("certs verfy", suggestion: "certs verify")),
        Refused(line: ["cert", "verify"], error: .unknownCommand("cert", suggestion: "certs")),
        Refused(line: ["certs verify"], error: .unknownCommand("certs verify", suggestion: nil)),
        Refused(line: ["chekc"], error: .unknownCommand("chekc", suggestion: "check")),
        Refused(line: ["supervize"], error: .unknownCommand("supervize", suggestion: nil)),
        Refused(
            line: ["provision", "--anwsers", "x"],
            error: .unknownOption("--anwsers", command: "provision", suggestion: "--answers")),
        Refused(
            line: ["check", "--zzzzzz"], error: .unknownOption("--zzzzzz", command: "check", suggestion: nil)),
        Refused(
            line: ["provision", "--answers"],
            error: .missingValue(option: "--answers", placeholder: "FILE", command: "provision")),
        Refused(
            line: ["provision", "--answers", "--no-input"],
            error: .missingValue(option: "--answers", placeholder: "FILE", command: "provision")),
        Refused(
            line: ["provision", "--dry-run=yes"],
            error: .unexpectedValue(option: "--dry-run", command: "provision")),
        Refused(line: ["check", "a", "b"], error: .unexpectedArgument("b", command: "check")),
        Refused(line: ["logs"], error: .missingArgument("SERVICE", command: "logs")),
    ])
    func `refuses what it should`(_ row: Refused) {
        #expect(throws: row.error) { try parser.parse(row.line) }
        #expect(CommandFailure(row.error).exitCode == .usage)
    }
}
