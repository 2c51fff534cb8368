/// One command of careinit as plain data: help, completion and the parser all read the same table.
struct Command: Sendable {
    /// One word, or two where several commands share the first: `certs verify`.
    var name: String
    /// One line for the command table.
    var summary: String
    /// What follows the options, such as `[FILE]`.
    var arguments: [Argument] = []
    var options: [Option] = []
    /// Shown first in `--help`: a command line and what it does.
    var examples: [Example] = []
    /// Not shown in the command table: careinit calls it itself.
    var isInternal = false
    /// Whether its last argument is another program's command line: from that program's name on, every word is its own.
    var wrapsProgram = false
    var run: @Sendable (Invocation) throws -> ExitCode

    /// The first of two words.
    var group: String? {
        let words = name.split(separator: " ")
        return words.count > 1 ? words.first.map(String.init) : nil
    }

    struct Argument: Sendable {
        var name: String
        var help: String
        var isRequired = false
        var isRepeated = false
        /// The words it may be, where there are only these.
        var values: [String] = []
    }

    struct Option: Sendable {
        /// Such as `--env-file`.
        var name: String
        /// Such as `-n`.
        var short: String?
        /// The placeholder of its value, such as `FILE`; nil for a switch.
        var value: String?
        var help: String
        var isRepeated = false
        /// The words its value may be, where there are only these.
        var values: [String] = []
        /// Whether the value is a list of them, with commas between.
        var isList = false
    }

    struct Example: Sendable {
        var line: String
        var meaning: String
    }
}

/// A command line that has been read: the words that the user gave to one command.
struct Invocation: Sendable {
    var command: Command
    var positionals: [String] = []
    /// The values of each option that was given, in order; empty strings for switches.
    var values: [String: [String]] = [:]
    var console: Console

    /// Whether the switch was given.
    func has(_ option: String) -> Bool { values[option] != nil }
    /// The last value of the option.
    func value(_ option: String) -> String? { values[option]?.last }
}

extension Command.Option {
    static let environmentFile = Self(
        name: "--env-file", value: "FILE", help: "The file to work on (default: .env).")
    static let json = Self(name: "--json", help: "Print one JSON document instead of text.")
    static let timeout = Self(name: "--timeout", value: "SECONDS", help: "How long to wait (default: 120).")
}
