/// Puts a shell script's tokens together to the commands of one line, the piece that a shell reads before it runs any of it.
struct ShellScript {
    struct Command {
        var words: [(word: ShellWord, range: Range<Int>)] = []
        /// What stands behind it: `;`, `&`, `&&`, `||`, `|`, or nothing.
        var operation = ""
    }

    enum Failure: Error {
        /// The shell gives up at that place.
        case syntax(Int)
        /// Compound commands, functions, redirections: only running them tells what they do.
        case execution(Int)
    }

    private var lexer: ShellLexer

    init(_ bytes: [UInt8], _ flavor: ShellLexer.Flavor) { lexer = ShellLexer(bytes, flavor) }

    /// The next line that holds commands; nil at the end.
    mutating func line() throws(Failure) -> [Command]? {
        var commands: [Command] = []
        var command = Command()
        while true {
            let start = lexer.cursor.offset
            switch try token() {
            case .word(let word):
                let end = lexer.cursor.offset
                command.words.append((word, start..<end))
                if command.words.count == 1 { try refuseReserved(word, at: start) }
            case .newline:
                if command.words.isEmpty, commands.last.map(Self.isOpen) ?? true { continue }
                return Self.joined(commands, command)
            case .end:
                if command.words.isEmpty, let last = commands.last, Self.isOpen(last) { throw .syntax(start) }
                return commands.isEmpty && command.words.isEmpty ? nil : Self.joined(commands, command)
            case .operation(let operation):
                try refuse(operation, after: command, at: start)
                command.operation = operation
                commands.append(command)
                command = Command()
            }
        }
    }

    private mutating func token() throws(Failure) -> ShellLexer.Token {
        do throws(ShellLexer.SyntaxError) {
            return try lexer.next()
        } catch {
            throw error.isUncertain ? .execution(error.offset) : .syntax(error.offset)
        }
    }

    /// Whether the command asks for another one, on the next line if need be.
    private static func isOpen(_ command: Command) -> Bool { ["&&", "||", "|"].contains(command.operation) }

    private static func joined(_ commands: [Command], _ last: Command) -> [Command] {
        last.words.isEmpty ? commands : commands + [last]
    }

    private func refuse(_ operation: String, after command: Command, at offset: Int) throws(Failure) {
        switch operation {
        case "<", ">", "<<", ">>": throw .execution(offset)
        case "(":
            let isArray = lexer.flavor == .bash && command.words.last?.word.assignment?.value.parts.isEmpty == true
            let isFunction = command.words.count == 1 && command.words[0].word.assignment == nil
            throw command.words.isEmpty || isArray || isFunction ? .execution(offset) : .syntax(offset)
        case ";", "&", "&&", "||", "|": if command.words.isEmpty { throw .syntax(offset) }
        default: throw .syntax(offset)
        }
    }

    private func refuseReserved(_ word: ShellWord, at offset: Int) throws(Failure) {
        guard let plain = word.plain, !plain.isQuoted else { return }
        switch plain.text.text {
        case "if", "while", "until", "for", "case", "{", "!": throw .execution(offset)
        case "then", "else", "elif", "fi", "do", "done", "esac", "}": throw .syntax(offset)
        case "function", "select", "time", "coproc", "[[": if lexer.flavor == .bash { throw .execution(offset) }
        default: break
        }
    }
}
