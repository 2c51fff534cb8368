/// A family of programs that read `.env` files, each by rules of its own.
package enum Dialect: String, Sendable, Hashable, CaseIterable {
    /// Docker Compose 2 (compose-go), and careinit itself.
    case compose
    /// `node --env-file` of Node.js 20.
    case node
    /// python-dotenv 1.
    case pythonDotenv = "python-dotenv"
    /// The gem dotenv 3.
    case rubyDotenv = "ruby-dotenv"
    /// `set -a; . FILE` in dash.
    case sh
    /// `set -a; . FILE` in bash.
    case bash
    /// `EnvironmentFile=` of a systemd unit (systemd.exec(5)).
    case systemd
    /// swift-configuration 1.
    case swiftConfiguration = "swift-configuration"

    /// What this reader makes of the bytes. Never runs anything.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - environment: The variables of the process that reads; nil where they are not known.
    /// - Returns: Every assignment, and why the reader refuses the file where it does.
    package func read(_ bytes: [UInt8], environment: [String: String]? = nil) -> DialectReading {
        let known = environment ?? [:]
        switch self {
        case .compose: return ComposeReader.read(bytes, environment: known)
        case .node: return NodeReader.read(bytes, environment: known)
        case .pythonDotenv: return PythonDotenvReader.read(bytes, environment: known)
        case .rubyDotenv: return RubyDotenvReader.read(bytes, environment: known)
        case .sh: return ShellReader.read(bytes, .dash, environment: environment)
        case .bash: return ShellReader.read(bytes, .bash, environment: environment)
        case .systemd: return SystemdReader.read(bytes)
        case .swiftConfiguration: return SwiftConfigurationReader.read(bytes)
        }
    }
}
