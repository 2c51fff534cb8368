/// `careinit completion`: what a shell sources to complete careinit's command line.
enum CompletionCommand {
    static let command = Command(
        name: "completion",
        summary: "Print the completion script of a shell: commands, options, their values, names of variables.",
        arguments: [
            .init(
                name: "SHELL", help: "bash, zsh or fish.", isRequired: true, values: Shell.allCases.map(\.rawValue)
            )
        ],
        examples: [
            .init(
                line: "source <(careinit completion bash)",
                meaning: "For this bash. In ~/.bashrc: for each that starts from then on."),
            .init(
                line: "careinit completion bash > /usr/share/bash-completion/completions/careinit",
                meaning: "For everybody's bash, where the package bash-completion is installed."),
            .init(
                line: "careinit completion zsh > /usr/local/share/zsh/site-functions/_careinit",
                meaning:
                    "For everybody's zsh that runs compinit. For yours alone: into a folder of your fpath, before "
                    + "compinit; or source <(careinit completion zsh) in ~/.zshrc, after it."),
            .init(
                line: "careinit completion fish > ~/.config/fish/completions/careinit.fish",
                meaning: "For your fish."),
        ],
        run: { try run($0) })

    enum Shell: String, CaseIterable, Sendable {
        case bash
        case zsh
        case fish

        func script(_ table: CompletionTable) -> String {
            switch self {
            case .bash: BashCompletion(table: table).script
            case .zsh: ZshCompletion(table: table).script
            case .fish: FishCompletion(table: table).script
            }
        }
    }

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let word = invocation.positionals[0]
        guard let shell = Shell(rawValue: word) else {
            throw CommandFailure(
                .usage, "there is no completion for “\(word)”", place: "careinit completion",
                fix: "careinit completion bash, zsh or fish")
        }
        let table = CompletionTable(schema: try TemplateSource.environment().schema)
        Console.write(shell.script(table), to: 1)
        return .success
    }
}
