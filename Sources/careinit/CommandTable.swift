/// Every command of careinit, in the order in which help shows them.
enum CommandTable {
    static var all: [Command] {
        [
            HelpCommand.command,
            VersionCommand.command,
        ]
    }
}
