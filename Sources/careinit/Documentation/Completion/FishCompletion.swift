/// The completion script for fish, from 3.0 on.
struct FishCompletion {
    var table: CompletionTable

    var script: String {
        ([Self.head, lists, Self.functions, "complete -c careinit -f"]
            + table.globals.map { line(condition: nil, $0) }
            + table.firstWords.map { word in
                "complete -c careinit -n '__careinit_at 0' -a \(word.name) -d \(quoted(word.summary))"
            }
            + table.groups.flatMap { group in
                table.members(of: group).map { member in
                    "complete -c careinit -n '__careinit_in \(group)' -a \(member.word) -d "
                        + quoted(member.command.summary)
                }
            }
            + table.commands.flatMap(lines)).joined(separator: "\n") + "\n"
    }

    private func lines(_ command: Command) -> [String] {
        let condition = "__careinit_in \(command.name)"
        return table.ownOptions(of: command).map { line(condition: condition, $0) }
            + command.arguments.enumerated().compactMap { index, argument in
                let place = argument.isRepeated ? condition : "\(condition); and __careinit_at \(index + 1)"
                let answer = answer(table.candidates(for: argument))
                return answer.map { "complete -c careinit -n \(quoted(place)) \($0)" }
            }
    }

    private func line(condition: String?, _ option: Command.Option) -> String {
        var words = ["complete -c careinit"]
        if let condition { words.append("-n \(quoted(condition))") }
        if let short = option.short { words.append("-s \(short.dropFirst())") }
        words.append("-l \(option.name.dropFirst(2))")
        if let candidates = table.candidates(for: option) {
            words.append(answer(candidates).map { "-r \($0)" } ?? "-x")
        }
        return (words + ["-d \(quoted(option.help))"]).joined(separator: " ")
    }

    /// nil where any text may stand.
    private func answer(_ candidates: Candidates) -> String? {
        switch candidates {
        case .nothing: nil
        case .files: "-F"
        case .words(let words): "-f -a \(quoted(words.joined(separator: " ")))"
        case .list(let words): "-f -a \(quoted("(__careinit_list \(words.joined(separator: " ")))"))"
        case .variables: "-f -a '(__careinit_variables)'"
        case .assignments: "-f -a '(__careinit_assignments)'"
        }
    }

    private func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }

    // MARK: Functions

    /// Which words are the value of the option before them, and what the template names.
    private var lists: String {
        let valued =
            table.globals.filter { $0.value != nil }.map(\.name)
            + table.commands.flatMap { command in
                table.ownOptions(of: command).filter { $0.value != nil }.flatMap { option in
                    ([option.name] + (option.short.map { [$0] } ?? [])).map { "\(command.name) \($0)" }
                }
            }
        let variables = table.variables.map { "        \(quoted($0.name)) \(quoted($0.summary))" }
        let values = table.variables.filter { !$0.values.isEmpty }.map { variable in
            "        case \(variable.name)\n            printf '%s\\n' \(variable.values.joined(separator: " "))"
        }
        return """
            set -g __careinit_groups \(table.groups.joined(separator: " "))
            set -g __careinit_valued \(valued.map(quoted).joined(separator: " "))

            # Every variable and what it is for, with a tab between.
            function __careinit_variables
                printf '%s\\t%s\\n' \\
            \(variables.joined(separator: " \\\n"))
            end

            # What a variable may be set to.
            function __careinit_values
                switch $argv[1]
            \(values.joined(separator: "\n"))
                end
            end

            """
    }

    private static let head = """
        # fish completion for careinit \(VersionCommand.current), made by: careinit completion fish

        """

    private static let functions = #"""
        # The command and its arguments so far, without options and their values.
        function __careinit_words
            set -l wants
            set -l only
            set -l words
            for token in (commandline -opc)[2..-1]
                if test -n "$wants"
                    set wants
                else if test -n "$only"; or not string match -q -- '-?*' $token
                    # A command of two words counts as one.
                    if test (count $words) -eq 1; and contains -- $words[1] $__careinit_groups
                        set words[1] "$words[1] $token"
                    else
                        set -a words "$token"
                    end
                else if test "$token" = --
                    set only 1
                else if contains -- "$token" $__careinit_valued; or contains -- "$words[1] $token" $__careinit_valued
                    set wants 1
                end
            end
            if set -q words[1]
                printf '%s\n' $words
            end
        end

        # Whether so many words stand before the cursor.
        function __careinit_at
            test (count (__careinit_words)) -eq $argv[1]
        end

        # Whether that is the command.
        function __careinit_in
            set -l words (__careinit_words)
            test "$words[1]" = "$argv"
        end

        # The word at the cursor, without the option before it.
        function __careinit_token
            string replace -r -- '^--[a-z-]+=' '' (commandline -ct)
        end

        # Each of the words, after those that the list at the cursor has already.
        function __careinit_list
            set -l lead (string replace -r -- '[^,]*$' '' (__careinit_token))
            for word in $argv
                printf '%s\n' "$lead$word"
            end
        end

        # NAME=VALUE or NAME=@FILE.
        function __careinit_assignments
            set -l token (__careinit_token)
            if string match -q -- '*=@*' $token
                set -l name (string replace -r -- '=@.*' '' $token)
                for file in (string replace -r -- '^[^=]*=@' '' $token)*
                    printf '%s\n' "$name=@$file"
                end
            else if string match -q -- '*=*' $token
                set -l name (string replace -r -- '=.*' '' $token)
                for value in (__careinit_values $name)
                    printf '%s\n' "$name=$value"
                end
            else
                string replace -- \t =\t (__careinit_variables)
            end
        end

        """#
}
