import Foundation
import Testing

@testable import careinit

/// A real shell that completes command lines with our script.
struct CompletionShell: Sendable, CustomTestStringConvertible {
    var shell: CompletionCommand.Shell
    var testDescription: String { shell.rawValue }

    static let all = CompletionCommand.Shell.allCases.map { CompletionShell(shell: $0) }
    static let installed = all.filter { $0.program != nil }
    static let missing = all.filter { $0.program == nil }.map(\.testDescription)

    var program: String? { Subprocess.find(shell.rawValue) }

    var script: String {
        get throws { shell.script(CompletionTable(schema: try TemplateSource.environment().schema)) }
    }

    /// The names of the files that are there after the shell has read another script.
    func filesAfter(reading script: String) throws -> Set<String> {
        let folder = TemporaryFolder()
        try write(script, to: "script", in: folder)
        let arguments: [String] =
            switch shell {
            case .bash: ["--norc", "-c", "source ./script"]
            case .zsh: ["-f", "-c", "compdef() { :; }; source ./script"]
            case .fish: ["--no-config", "-c", "source ./script"]
            }
        #expect(try run(arguments, in: folder).succeeded)
        return Set(FileSystem.names(in: folder.path))
    }

    /// Whether the shell can read the script.
    func checksSyntax() throws -> Bool {
        let folder = TemporaryFolder()
        try write(script, to: "script", in: folder)
        return try run(["-n", "script"], in: folder).succeeded
    }

    /// What it proposes at the end of the line, in a folder with `old.env` and `new.env`.
    ///
    /// Shells differ in how much of the word they repeat: of each answer only what follows the last `=`, `,` or `@` is told.
    func answers(to line: String) throws -> Set<String> {
        let folder = TemporaryFolder()
        try write(script, to: "script", in: folder)
        for name in ["old.env", "new.env", "answers"] { try write("", to: name, in: folder) }
        let text =
            switch shell {
            case .bash: try bash(line, in: folder)
            case .zsh: try zsh(line, in: folder)
            case .fish: try fish(line, in: folder)
            }
        return Set(text.split(separator: "\n").map(Self.lastPart))
    }

    private static func lastPart(_ answer: Substring) -> String {
        var word = answer.prefix { $0 != "\t" }
        if word.hasSuffix("=") { word.removeLast() }
        return word.lastIndex { "=,@".contains($0) }.map { String(word[word.index(after: $0)...]) } ?? String(word)
    }

    // MARK: bash

    /// bash's own line editing works on a pipe: what is typed is the line, a tab, and ^U, which discards it.
    private func bash(_ line: String, in folder: TemporaryFolder) throws -> String {
        let probe = """
            source ./script
            probe() { _careinit; printf '%s\\n' "${COMPREPLY[@]}" >> answers; }
            complete -F probe careinit
            """
        try write(probe, to: "probe", in: folder)
        _ = try type("\(line)\t\u{15}exit\n", in: folder)
        return try read("answers", in: folder)
    }

    /// The arguments that careinit gets when somebody types the keys into bash.
    func argumentsInBash(typing keys: String, files: [String]) throws -> [String] {
        let folder = TemporaryFolder()
        for name in files + ["answers"] { try write("", to: name, in: folder) }
        try write(script, to: "script", in: folder)
        try write("source ./script\ncareinit() { printf '%s\\n' \"$@\" > answers; }\n", to: "probe", in: folder)
        _ = try type("\(keys)\nexit\n", in: folder)
        return try read("answers", in: folder).split(separator: "\n").map(String.init)
    }

    private func type(_ keys: String, in folder: TemporaryFolder) throws -> Subprocess.Output {
        try run(["--noprofile", "--rcfile", "probe", "-i"], in: folder, input: keys)
    }

    // MARK: zsh

    /// zsh edits lines on terminals only, so that another zsh gives it one. What is handed to compadd is an answer.
    private func zsh(_ line: String, in folder: TemporaryFolder) throws -> String {
        let probe = #"""
            zmodload zsh/zpty
            zpty child zsh -f -i
            zpty -w child "bindkey '^X^X' kill-whole-line; autoload -Uz compinit; compinit -u -D; source ./script"
            zpty -w child 'compadd() {
                local -a hits
                if [[ ${@[1,(i)(-|--)]} != *-(O|A|D)* ]]; then
                    builtin compadd -O hits "$@"
                    print -rl -- $hits >> answers
                fi
                builtin compadd "$@"
            }'
            zpty -w -n child "$1"$'\t\C-x\C-x'
            zpty -w child exit
            while zpty -r child line; do :; done
            """#
        try write(probe, to: "probe", in: folder)
        _ = try run(["-f", "probe", line], in: folder)
        return try read("answers", in: folder)
    }

    // MARK: fish

    private func fish(_ line: String, in folder: TemporaryFolder) throws -> String {
        try run(["--no-config", "-c", "source script; complete -C $argv[1]", line], in: folder).text
    }

    // MARK: Files and programs

    private func run(_ arguments: [String], in folder: TemporaryFolder, input: String = "") throws
        -> Subprocess.Output
    {
        let program = Subprocess(
            arguments: [try #require(program)] + arguments,
            environment: [
                "PATH": Subprocess.searchPath, "LANG": "C.UTF-8", "TERM": "dumb", "HOME": folder.path,
                "INPUTRC": "/dev/null",
            ],
            directory: folder.path, input: Array(input.utf8), timeout: .seconds(120))
        return try program.run()
    }

    private func write(_ text: String, to name: String, in folder: TemporaryFolder) throws {
        try text.write(toFile: "\(folder.path)/\(name)", atomically: false, encoding: .utf8)
    }

    private func read(_ name: String, in folder: TemporaryFolder) throws -> String {
        try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
    }
}
