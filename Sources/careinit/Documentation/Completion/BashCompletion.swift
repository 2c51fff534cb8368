/// The completion script for bash, which needs nothing but bash 4.4.
struct BashCompletion {
    var table: CompletionTable

    var script: String {
        """
        # bash completion for careinit \(VersionCommand.current), made by: careinit completion bash

        # What may stand at a place ($2: an option, or the number of an argument) of a command ($1), in kind and choices.
        # Returns 1 for a place that takes no word.
        _careinit_place() {
            kind=nothing choices=
            case "$1 $2" in
        \(indented(places))
            *) return 1 ;;
            esac
        }

        # The options of a command ($1), in choices.
        _careinit_options() {
            choices='\(table.globals.map(\.name).joined(separator: " "))'
            case $1 in
        \(indented(options))
            esac
        }

        # What a variable ($1) may be set to, in choices.
        _careinit_values() {
            choices=
            case $1 in
        \(indented(values))
            esac
        }

        # The second words of a command of two words, whose first is $1, in choices. Returns 1 for any other word.
        _careinit_group() {
            case $1 in
        \(indented(groups))
            *) return 1 ;;
            esac
        }

        _careinit_commands='\(table.firstWords.map(\.name).joined(separator: " "))'
        _careinit_names='\(table.variables.map(\.name).joined(separator: " "))'

        \(Self.functions)
        complete -F _careinit careinit

        """
    }

    // MARK: Tables

    private var places: [String] {
        let globals = table.globals.compactMap { option in
            place(words(of: option).map { "*\" \($0)\"" }, table.candidates(for: option))
        }
        return globals
            + table.commands.flatMap { command in
                table.ownOptions(of: command).compactMap { option in
                    place(words(of: option).map { "\"\(command.name) \($0)\"" }, table.candidates(for: option))
                }
                    + command.arguments.enumerated().compactMap { index, argument in
                        let pattern = "\"\(command.name) \(index + 1)\""
                        let more = argument.isRepeated ? ["\"\(command.name) \"[1-9]*"] : []
                        return place([pattern] + more, table.candidates(for: argument))
                    }
            }
    }

    private var groups: [String] {
        table.groups.map { group in
            "\(group)) choices='\(table.members(of: group).map(\.word).joined(separator: " "))' ;;"
        }
    }

    private func words(of option: Command.Option) -> [String] { [option.name] + (option.short.map { [$0] } ?? []) }

    private func place(_ patterns: [String], _ candidates: Candidates?) -> String? {
        guard let candidates else { return nil }
        let assignment =
            switch candidates {
            case .nothing: "kind=nothing"
            case .files: "kind=files"
            case .words(let words): "kind=words choices='\(words.joined(separator: " "))'"
            case .list(let words): "kind=list choices='\(words.joined(separator: " "))'"
            case .variables: "kind=words choices=$_careinit_names"
            case .assignments: "kind=assignments"
            }
        return "\(patterns.joined(separator: " | "))) \(assignment) ;;"
    }

    private var options: [String] {
        table.commands.compactMap { command in
            let names = table.ownOptions(of: command).map(\.name)
            return names.isEmpty ? nil : "\"\(command.name)\") choices+=' \(names.joined(separator: " "))' ;;"
        }
    }

    private var values: [String] {
        table.variables.compactMap { variable in
            variable.values.isEmpty
                ? nil : "\(variable.name)) choices='\(variable.values.joined(separator: " "))' ;;"
        }
    }

    private func indented(_ lines: [String]) -> String { lines.map { "    " + $0 }.joined(separator: "\n") }
}

extension BashCompletion {
    /// What is the same whatever the table says.
    private static let functions = #"""
        # Adds those of the words ($2…) that start with $1 to the answer, each with prefix before it.
        _careinit_propose() {
            local start=$1 word
            shift
            for word; do
                if [[ $word == "$start"* ]]; then COMPREPLY+=("$prefix$word"); fi
            done
        }

        # Adds the files whose names start with $1.
        _careinit_files() {
            local file
            compopt -o filenames 2>/dev/null
            while IFS= read -r file; do COMPREPLY+=("$prefix$file"); done < <(compgen -f -- "$1")
        }

        # The values for $1 at a place of that kind.
        _careinit_answer() {
            case $kind in
            words) _careinit_propose "$1" $choices ;;
            files) _careinit_files "$1" ;;
            list)
                local start=${1##*,}
                prefix+=${1%"$start"}
                _careinit_propose "$start" $choices
                ;;
            assignments)
                case $1 in
                *=@*)
                    prefix+=${1%%=*}=@
                    _careinit_files "${1#*=@}"
                    ;;
                *=*)
                    _careinit_values "${1%%=*}"
                    prefix+=${1%%=*}=
                    _careinit_propose "${1#*=}" $choices
                    ;;
                *)
                    compopt -o nospace 2>/dev/null
                    _careinit_propose "$1" ${_careinit_names// /= }=
                    ;;
                esac
                ;;
            esac
        }

        _careinit() {
            local line=${COMP_LINE:0:COMP_POINT} part= word current breaks cut= prefix= kind choices command= wants= only=
            local IFS=$' \t\n'
            local -i index count=0
            local -a words=()
            COMPREPLY=()

            # bash cuts words at = and :, which belong to them here: what follows without a blank is put together again.
            for part in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
                if [[ ${#words[@]} -eq 0 || $line == [[:blank:]]* ]]; then words+=(''); fi
                line=${line#"${line%%[![:blank:]]*}"}
                if [[ $line != "$part"* ]]; then part=$line; fi
                words[-1]+=$part
                line=${line#"$part"}
            done
            current=${words[-1]}
            # bash puts the answer in the place of the last part only, which keeps an @ at its start.
            breaks=${COMP_WORDBREAKS//[^=:@]/}
            if [[ -n $breaks ]]; then cut=${current%"${current##*[$breaks]}"}; fi
            cut=${cut%@}

            for ((index = 1; index < ${#words[@]} - 1; index++)); do
                word=${words[index]}
                if [[ -n $wants ]]; then
                    wants=
                elif [[ -n $only || $word != -?* ]]; then
                    if [[ -z $command ]]; then
                        command=$word
                    elif _careinit_group "$command"; then
                        command+=" $word"
                    else
                        count+=1
                    fi
                elif [[ $word == -- ]]; then
                    only=1
                elif [[ $word != --*=* ]] && _careinit_place "$command" "$word"; then
                    wants=$word
                fi
            done

            if [[ -n $wants ]]; then
                _careinit_place "$command" "$wants" && _careinit_answer "$current"
            elif [[ -z $only && $current == --*=* ]]; then
                prefix=${current%%=*}=
                _careinit_place "$command" "${current%%=*}" && _careinit_answer "${current#*=}"
            elif [[ -z $only && $current == -* ]]; then
                _careinit_options "$command"
                _careinit_propose "$current" $choices
            elif [[ -z $command ]]; then
                kind=words choices=$_careinit_commands
                _careinit_answer "$current"
            elif _careinit_group "$command"; then
                kind=words
                _careinit_answer "$current"
            else
                _careinit_place "$command" "$((count + 1))" && _careinit_answer "$current"
            fi
            COMPREPLY=("${COMPREPLY[@]#"$cut"}")
        }
        """#
}
