/// `set -a; . FILE` in a shell, as far as that is assignments: nothing is run. What a shell would have to run for is
/// reported as depending on execution; a program that it would start changes no variable.
struct ShellReader {
    private let flavor: ShellLexer.Flavor
    /// nil where the process' variables are not known.
    private let environment: [String: String]?
    private var reading = DialectReading()

    static func read(
        _ bytes: [UInt8], _ flavor: ShellLexer.Flavor, environment: [String: String]?
    ) -> DialectReading {
        var reader = ShellReader(flavor: flavor, environment: environment)
        // Both end at a NUL, or lose it: no value can hold one.
        reader.run(bytes)
        return reader.reading
    }

    private init(flavor: ShellLexer.Flavor, environment: [String: String]?) {
        self.flavor = flavor
        self.environment = environment
    }

    private mutating func run(_ bytes: [UInt8]) {
        var script = ShellScript(bytes, flavor)
        do throws(ShellScript.Failure) {
            while reading.failure == nil, let line = try script.line() { run(line) }
        } catch {
            switch error {
            case .execution(let offset): reading.fail(.dependsOnExecution, at: offset)
            // bash passes over the rest of a file that it cannot read; dash ends.
            case .syntax(let offset): if flavor == .dash { reading.fail(at: offset) }
            }
        }
    }

    // MARK: Commands

    private mutating func run(_ line: [ShellScript.Command]) {
        var list: [ShellScript.Command] = []
        for command in line {
            refuseSubstitutions(in: command)
            list.append(command)
            guard command.operation == ";" || command.operation == "&" || command.operation.isEmpty else {
                continue
            }
            // What runs in the background has variables of its own.
            if command.operation != "&" { run(andOr: list) }
            list = []
        }
    }

    /// What stands in a command substitution may be more than the shell can read; where its value is assigned, that alone
    /// depends on it.
    private mutating func refuseSubstitutions(in command: ShellScript.Command) {
        let isApart = command.operation == "&" || command.operation == "|"
        for (word, range) in command.words
        where word.parts.contains(.execution) && (isApart || !isAssignment(word)) {
            reading.fail(.dependsOnExecution, at: range.lowerBound)
        }
    }

    /// Whether a command succeeded; nil where only running it tells.
    private typealias Success = Bool?

    private mutating func run(andOr list: [ShellScript.Command]) {
        var success: Success = true
        var before = "&&"
        var isPiped = false
        for command in list {
            let isInPipe = isPiped || command.operation == "|"
            isPiped = command.operation == "|"
            defer { if !isPiped { before = command.operation } }
            guard !isInPipe else {
                success = nil
                continue
            }
            if success == (before == "||") { continue }
            success = run(command, isCertain: success != nil)
            if reading.failure != nil { return }
        }
    }

    private mutating func run(_ command: ShellScript.Command, isCertain: Bool) -> Success {
        let count = command.words.prefix { isAssignment($0.word) }.count
        let rest = command.words.dropFirst(count)
        guard let first = rest.first else {
            for (word, range) in command.words { assign(word, range, isCertain: isCertain) }
            return isCertain ? true : nil
        }
        guard let name = first.word.plain?.text.text, !Self.changing.contains(name) else {
            reading.fail(.dependsOnExecution, at: first.range.lowerBound)
            return nil
        }
        guard name == "export" || name == "readonly" else {
            for (word, range) in rest { _ = expand(word, at: range.lowerBound) }
            return nil
        }
        guard count == 0 else {
            reading.fail(.dependsOnExecution, at: first.range.lowerBound)
            return nil
        }
        for (word, range) in rest.dropFirst() { declare(word, range, isCertain: isCertain) }
        return nil
    }

    /// bash takes `A+=x` for an assignment, dash for the name of a program.
    private func isAssignment(_ word: ShellWord) -> Bool {
        word.assignment.map { !$0.isAppended || flavor == .bash } ?? false
    }

    /// Builtins that may set variables, or end the file.
    private static let changing: Set = [
        ".", "source", "eval", "exec", "exit", "return", "set", "unset", "shift", "trap", "alias", "command",
        "builtin", "local", "typeset", "declare", "read", "getopts", "break", "continue", "shopt", "let",
        "mapfile",
        "readarray", "printf", "cd", "pushd", "popd", "enable", ":",
    ]

    /// An argument of `export` or `readonly`.
    private mutating func declare(_ word: ShellWord, _ range: Range<Int>, isCertain: Bool) {
        if isAssignment(word) { return assign(word, range, isCertain: isCertain) }
        guard let plain = word.plain?.text, plain.first != UInt8(ascii: "-") else {
            return reading.fail(.dependsOnExecution, at: range.lowerBound)
        }
        let sign = plain.firstIndex(of: ASCII.equals)
        let name = plain[..<(sign ?? plain.endIndex)]
        guard name.first?.startsName == true, name.allSatisfy(\.continuesName) else {
            // bash passes over what is no name; dash ends.
            if flavor == .dash { reading.fail(at: range.lowerBound) }
            return
        }
        if let sign {
            reading.assign(name.text, isCertain ? .text(plain[(sign + 1)...].text) : .dependsOnExecution, range)
        }
    }

    private mutating func assign(_ word: ShellWord, _ range: Range<Int>, isCertain: Bool) {
        guard let (name, isAppended, value) = word.assignment else { return }
        var result = expand(value, at: range.lowerBound)
        guard reading.failure == nil else { return }
        if isAppended {
            result = join(self.value(of: name) ?? .text(""), result)
        }
        reading.assign(name, isCertain ? result : .dependsOnExecution, range)
    }

    private func join(_ first: DialectReading.Value, _ second: DialectReading.Value) -> DialectReading.Value {
        guard case .text(let left) = first, case .text(let right) = second else { return .dependsOnExecution }
        return .text(left + right)
    }

    // MARK: Expansion

    private mutating func expand(_ word: ShellWord, at offset: Int) -> DialectReading.Value {
        var text: [UInt8] = []
        var isKnown = true
        for part in word.parts {
            switch part {
            case .text(let bytes, _): text += bytes
            case .execution: isKnown = false
            case .tilde(let bytes):
                // Without HOME dash leaves the tilde alone; bash then asks the user database.
                if flavor == .dash, bytes.count == 1, let environment, environment["HOME"] == nil {
                    text += bytes
                } else {
                    isKnown = false
                }
            case .parameter(let parameter):
                guard case .text(let value) = expand(parameter, at: offset) else {
                    isKnown = false
                    continue
                }
                text += reading.bringIn(value, at: offset)
            }
        }
        return isKnown ? .text(text.text) : .dependsOnExecution
    }

    private mutating func expand(_ parameter: ShellWord.Parameter, at offset: Int) -> DialectReading.Value {
        let value = value(of: parameter.name)
        if parameter.isLength { return length(of: value ?? .text("")) }
        guard let sign = parameter.sign else { return value ?? .text("") }
        // Which way it goes depends on a value that is not known.
        if value == .dependsOnExecution, parameter.treatsEmptyAsUnset { return .dependsOnExecution }
        let isSet = value != nil && !(parameter.treatsEmptyAsUnset && value == .text(""))
        switch sign {
        case UInt8(ascii: "+"): return isSet ? expand(parameter.word, at: offset) : .text("")
        case _ where isSet: return value ?? .text("")
        case UInt8(ascii: "?"):
            reading.fail(at: offset)
            return .text("")
        case ASCII.equals:
            let word = expand(parameter.word, at: offset)
            reading.assign(parameter.name, word, offset..<offset)
            return word
        default: return expand(parameter.word, at: offset)
        }
    }

    /// In bytes or in characters, by the locale.
    private func length(of value: DialectReading.Value) -> DialectReading.Value {
        guard case .text(let text) = value, text.utf8.allSatisfy({ $0 < 0x80 }) else { return .dependsOnExecution }
        return .text(String(text.utf8.count))
    }

    private func value(of name: String) -> DialectReading.Value? {
        if let value = reading[name] { return value }
        if Self.ownVariables.contains(name) { return .dependsOnExecution }
        return environment?[name].map { .text($0) }
    }

    /// What a shell sets itself.
    private static let ownVariables: Set = [
        "HOME", "PWD", "OLDPWD", "PPID", "IFS", "OPTIND", "LINENO", "PATH", "PS1", "PS2", "PS4", "RANDOM",
        "SECONDS",
        "SHLVL", "UID", "EUID", "BASH", "BASHPID", "BASH_VERSION", "HOSTNAME", "HOSTTYPE", "MACHTYPE", "OSTYPE",
        "SHELLOPTS", "BASHOPTS", "GROUPS", "_", "SHELL", "TERM", "USER", "LOGNAME",
    ]
}
