/// How a value is written in a unit file (systemd.syntax(7), systemd.service(5)).
enum SystemdWord {
    /// One word of a command line, or of a list of paths: in double quotes, with what systemd would read as an escape, a
    /// specifier or a variable written twice.
    ///
    /// - Parameters:
    ///   - value: Such as a path.
    ///   - isCommand: Whether `$` begins a variable there, which is so in command lines only.
    /// - Returns: nil for what a line cannot hold: a control character.
    static func quoted(_ value: String, isCommand: Bool = false) -> String? {
        guard let plain = plain(value) else { return nil }
        var text = plain.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        if isCommand { text = text.replacing("$", with: "$$") }
        return "\"\(text)\""
    }

    /// A value that takes the whole rest of its line: only `%` is written twice.
    static func plain(_ value: String) -> String? {
        guard value.unicodeScalars.allSatisfy({ $0.value >= 32 && $0.value != 127 }) else { return nil }
        return value.replacing("%", with: "%%")
    }
}
