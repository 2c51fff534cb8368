/// The completion script for zsh: `_arguments` with the help of each option beside it.
struct ZshCompletion {
    var table: CompletionTable

    var script: String {
        """
        #compdef careinit
        # zsh completion for careinit \(VersionCommand.current), made by: careinit completion zsh

        _careinit_commands() {
            local -a commands=(
        \(indented(table.firstWords.map { described($0.name, $0.summary) }, by: 8))
            )
            _describe -t commands command commands
        }

        # The second words of the commands whose first is $1.
        _careinit_group() {
            local -a commands
            case $1 in
        \(table.groups.map(members).joined(separator: "\n"))
            esac
            _describe -t commands command commands
        }

        _careinit_variables() {
            local -a variables=(
        \(indented(table.variables.map { described($0.name, $0.summary) }, by: 8))
            )
            _describe -t variables variable variables "$@"
        }

        # NAME=VALUE or NAME=@FILE.
        _careinit_assignments() {
            if ! compset -P 1 '*='; then
                _careinit_variables -qS =
                return
            fi
            if compset -P '@'; then
                _files
                return
            fi
            local name=${IPREFIX%=}
            case ${name##*=} in
        \(indented(values, by: 4))
            esac
        }

        _careinit() {
            local context state state_descr line
            local -A opt_args
            _arguments -C \\
        \(continued(table.globals.map(specification)))
                '1: :_careinit_commands' \\
                '*:: :->arguments' && return
            [[ $state == arguments ]] || return 1
            case $line[1] in
        \(table.commands.filter { $0.group == nil }.map { commandCase($0, $0.name) }.joined(separator: "\n"))
        \(table.groups.map(groupCase).joined(separator: "\n"))
            esac
        }

        if [[ $funcstack[1] == _careinit ]]; then
            _careinit "$@"
        else
            compdef _careinit careinit
        fi

        """
    }

    private func members(_ group: String) -> String {
        let words = table.members(of: group).map { described($0.word, $0.command.summary) }
        return "    \(group))\n        commands=(\n\(indented(words, by: 12))\n        )\n        ;;"
    }

    private func groupCase(_ group: String) -> String {
        """
            \(group))
                _arguments -C \\
        \(continued(table.globals.map(specification), by: 12))
                    '1: : _careinit_group \(group)' \\
                    '*:: :->\(group)' && return
                [[ $state == \(group) ]] || return 1
                case $line[1] in
        \(table.members(of: group).map { commandCase($0.command, $0.word) }.joined(separator: "\n"))
                esac
                ;;
        """
    }

    private func commandCase(_ command: Command, _ word: String) -> String {
        let specifications =
            (table.ownOptions(of: command) + table.globals).map(specification)
            + command.arguments.map { argument in
                let message = escaped(argument.name)
                return quoted(
                    "\(argument.isRepeated ? "*" : "\(argument.isRequired ? "" : ":")"):\(message):\(action(argument))"
                )
            }
        return """
                \(word))
                    _arguments \\
            \(continued(specifications, by: 12, isLast: true))
                    ;;
            """
    }

    /// `'(-q --quiet)'{-q,--quiet}'[Say only what went wrong.]'`.
    private func specification(_ option: Command.Option) -> String {
        let value = option.value.map { placeholder in
            ":\(escaped(placeholder)):" + action(table.candidates(for: option) ?? .nothing)
        }
        let long = option.name + (value == nil ? "" : "=")
        let rest = "[\(bracketed(option.help))]" + (value ?? "")
        guard let short = option.short else { return quoted((option.isRepeated ? "*" : "") + long + rest) }
        let shortForm = short + (value == nil ? "" : "+")
        return option.isRepeated
            ? "'*'{\(shortForm),\(long)}\(quoted(rest))"
            : "'(\(short) \(option.name))'{\(shortForm),\(long)}\(quoted(rest))"
    }

    private func action(_ argument: Command.Argument) -> String { action(table.candidates(for: argument)) }

    private func action(_ candidates: Candidates) -> String {
        switch candidates {
        case .nothing: " "
        case .files: "_files"
        case .words(let words): "(\(words.joined(separator: " ")))"
        case .list(let words): "_sequence compadd - \(words.joined(separator: " "))"
        case .variables: "_careinit_variables"
        case .assignments: "_careinit_assignments"
        }
    }

    private var values: [String] {
        table.variables.compactMap { variable in
            variable.values.isEmpty
                ? nil : "\(variable.name)) compadd - \(variable.values.joined(separator: " ")) ;;"
        }
    }

    // MARK: Quoting

    /// One entry of `_describe`.
    private func described(_ name: String, _ text: String) -> String {
        quoted("\(escaped(name)):\(text.replacing("\\", with: "\\\\"))")
    }

    private func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
    }

    private func bracketed(_ text: String) -> String {
        escaped(text).replacing("[", with: "\\[").replacing("]", with: "\\]")
    }

    private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

    private func indented(_ lines: [String], by count: Int) -> String {
        lines.map { String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
    }

    private func continued(_ lines: [String], by count: Int = 8, isLast: Bool = false) -> String {
        let indent = String(repeating: " ", count: count)
        return lines.map { indent + $0 }.joined(separator: " \\\n") + (isLast ? "" : " \\")
    }
}
