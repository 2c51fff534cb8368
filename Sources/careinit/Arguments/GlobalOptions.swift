/// The options that every command takes, before or after its name.
enum GlobalOptions {
    static let all: [Command.Option] = [help, version, quiet, verbose, noColour, noInput, .environmentFile]

    static let help = Command.Option(name: "--help", short: "-h", help: "Show this help.")
    static let version = Command.Option(name: "--version", help: "Show the version.")
    static let quiet = Command.Option(name: "--quiet", short: "-q", help: "Say only what went wrong.")
    static let verbose = Command.Option(name: "--verbose", short: "-v", help: "Say what is being done.")
    static let noColour = Command.Option(name: "--no-color", help: "No colour (also: NO_COLOR=1).")
    static let noInput = Command.Option(name: "--no-input", help: "Never ask; fail where an answer is missing.")
}
