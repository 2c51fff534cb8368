import EnvSchema

#if canImport(Glibc)
    import Glibc
#endif

/// What was given with `--set` and in an answers file, read and checked for form.
struct GivenAnswers: Sendable {
    var set: [String: String] = [:]
    var answers: [String: String] = [:]
    /// Where each answer of the file stands, such as `answers.env:3:5`.
    var places: [String: String] = [:]
    /// Names that no variable has, and what is wrong with the answers file.
    var findings: [Finding] = []

    /// - Throws: exit code 64 for a `--set` that cannot be read, 65–77 for a file.
    static func read(sets: [String], answersFile: String?, schema: Schema) throws(CommandFailure) -> Self {
        var given = Self()
        try requireOneReader(sets, answersFile: answersFile)
        for text in sets { try given.take(set: text, schema: schema) }
        if let answersFile { try given.take(file: answersFile) }
        given.checkNames(schema)
        return given
    }

    /// Standard input can be read once only.
    private static func requireOneReader(_ sets: [String], answersFile: String?) throws(CommandFailure) {
        let names = sets.filter { $0.hasSuffix("=@-") && $0.firstIndex(of: "=") == $0.lastIndex(of: "=") }
            .map { "--set \($0)" }
        let readers = names + (answersFile == "-" ? ["--answers -"] : [])
        guard readers.count > 1 else { return }
        throw CommandFailure(
            .usage, "standard input can give one thing only", place: readers.joined(separator: ", "),
            why: "the first would read it to its end", fix: "give all but one of them in files, as --set KEY=@FILE"
        )
    }

    /// `KEY=VALUE`; or `KEY=@FILE`, with `-` for standard input, for what must not stand on a command line.
    private mutating func take(set text: String, schema: Schema) throws(CommandFailure) {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            // What was meant as a value may be a secret: it is not repeated here.
            throw CommandFailure(
                .usage, "--set needs a name and a value, with an \"=\" between them",
                fix: "such as --set APP_NAME=Rosewood, or --set SMTP_PASS=@FILE for a secret")
        }
        let name = String(text[..<equals])
        let value = String(text[text.index(after: equals)...])
        if value == "@-" {
            set[name] = try Self.standardInput(for: name)
        } else if value.hasPrefix("@") {
            set[name] = try Self.contents(of: String(value.dropFirst()), isSecret: schema[name]?.isSecret ?? true)
        } else if schema[name]?.isSecret ?? false {
            throw CommandFailure(
                .usage, "\(name) is a secret and cannot be given on the command line", place: "--set \(name)=…",
                why: "every user of this machine can read command lines (ps), and shells keep them",
                fix: "--set \(name)=@FILE, with the secret in a file that only you can read")
        } else {
            set[name] = value
        }
    }

    private static func contents(of path: String, isSecret: Bool) throws(CommandFailure) -> String {
        guard let file = try InputFile.read(path) else { throw missing(path) }
        if isSecret { try requirePrivate(file, path: path) }
        return try text(file.bytes, of: path)
    }

    private static func standardInput(for name: String) throws(CommandFailure) -> String {
        guard isatty(STDIN_FILENO) == 0 else {
            throw CommandFailure(
                .usage, "--set \(name)=@- does not read from a terminal", why: "what is typed would be shown",
                fix: "pipe it in, give it in a file as --set \(name)=@FILE, or let careinit wizard ask for it")
        }
        return try text(try InputFile.readStandardInput(), of: "standard input")
    }

    /// Without the end of its last line.
    private static func text(_ bytes: [UInt8], of source: String) throws(CommandFailure) -> String {
        guard var text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure(.invalidData, "\(source) is not UTF-8 text")
        }
        if text.hasSuffix("\r\n") || text.hasSuffix("\n") { text.removeLast() }
        return text
    }

    private mutating func take(file path: String) throws(CommandFailure) {
        let bytes: [UInt8]
        if path == "-" {
            bytes = try InputFile.readStandardInput()
        } else {
            guard let file = try InputFile.read(path) else { throw Self.missing(path) }
            try Self.requirePrivate(file, path: path)
            bytes = file.bytes
        }
        let document = EnvDocument(parsing: bytes)
        let shown = path == "-" ? "standard input" : path
        findings += document.problems
        for assignment in document.assignments {
            answers[assignment.name] = assignment.value
            let position = assignment.valuePosition
            places[assignment.name] = "\(shown):\(position.line):\(position.column)"
        }
    }

    private static func requirePrivate(_ file: InputFile, path: String) throws(CommandFailure) {
        guard file.isOpenToOthers else { return }
        throw CommandFailure(
            .notPermitted, "\(path) may be read by others",
            why: "its mode is \(String(file.mode & 0o777, radix: 8)), and answers hold secrets",
            fix: "chmod 600 \(path)")
    }

    private static func missing(_ path: String) -> CommandFailure {
        CommandFailure(.missingInput, "there is no file \(path)")
    }

    private mutating func checkNames(_ schema: Schema) {
        let known = schema.variables.map(\.name)
        for name in (Array(set.keys) + answers.keys).sorted() where schema[name] == nil {
            let suggestion = Suggestion.nearest(to: name, among: known)
            findings.append(Finding(.unknownName, variable: name, context: .init(suggestion: suggestion)))
        }
    }
}
