/// What is wrong with a command line. The wording is in `UsageWording.swift`.
enum UsageError: Error, Equatable {
    case missingCommand
    case missingSubcommand(String, commands: [String])
    case unknownCommand(String, suggestion: String?)
    case unknownOption(String, command: String?, suggestion: String?)
    case missingValue(option: String, placeholder: String, command: String?)
    case unexpectedValue(option: String, command: String?)
    case unexpectedArgument(String, command: String)
    case missingArgument(String, command: String)
}
