/// What a shell may propose for one word of a command line.
enum Candidates: Equatable, Sendable {
    /// Any text: a number, a time.
    case nothing
    case files
    case words([String])
    /// Words with commas between.
    case list([String])
    /// Names of the template.
    case variables
    /// `NAME=VALUE`, or `NAME=@FILE`.
    case assignments
}

extension Candidates {
    /// What a placeholder of the command table stands for, the same at each of its places.
    init(placeholder: String, commands: [String]) {
        switch placeholder {
        case "FILE", "TEMPLATE", "BACKUP": self = .files
        case "NAME": self = .variables
        case "KEY=VALUE": self = .assignments
        case "TOPIC": self = .words(commands + ["exit-codes"])
        case "PAGE": self = .words(commands + [ManCommand.fileFormatPage])
        default: self = .nothing
        }
    }
}
