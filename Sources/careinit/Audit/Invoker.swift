#if canImport(Glibc)
    import Glibc
#endif

/// Who runs careinit, and which command of it.
struct Invoker: Sendable, Equatable {
    var user: String
    var effectiveUser: String
    var command: String

    /// - Returns: Behind sudo who called it, else who logged in (/proc/self/loginuid), else the real user. SUDO_USER counts for root only,
    ///   since anybody may set it for himself.
    static func current(arguments: [String] = CommandLine.arguments) -> Invoker {
        let effective = name(of: geteuid())
        let sudo = geteuid() == 0 ? getenv("SUDO_USER").map { String(cString: $0) } : nil
        let known = sudo.flatMap { UserAccount.named($0)?.name } ?? loginUser() ?? name(of: getuid())
        return Invoker(
            user: known, effectiveUser: effective, command: command(arguments, among: CommandTable.all.map(\.name))
        )
    }

    /// The words of the command alone: what follows them may be anything.
    static func command(_ arguments: [String], among names: [String]) -> String {
        let words = arguments.dropFirst().filter { !$0.hasPrefix("-") }
        let two = words.prefix(2).joined(separator: " ")
        if names.contains(two) { return two }
        return words.first.flatMap { word in names.first { $0 == word } } ?? "careinit"
    }

    private static func loginUser() -> String? {
        guard let text = FileSystem.readText("/proc/self/loginuid", limit: 32),
            let number = uid_t(text.filter(\.isNumber)), number != uid_t.max
        else { return nil }
        return UserAccount.withIdentifier(number)?.name
    }

    private static func name(of identifier: uid_t) -> String {
        UserAccount.withIdentifier(identifier)?.name ?? "\(identifier)"
    }
}
