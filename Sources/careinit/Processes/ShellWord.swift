/// Words for a command line that a person may copy into a POSIX shell.
enum ShellWord {
    /// As it is where a shell takes it so, else in single quotes, inside which only the quote itself means something
    /// (POSIX.1, Shell Command Language, 2.2.2).
    static func quoted(_ word: String) -> String {
        let isPlain = !word.isEmpty && word.utf8.allSatisfy(isPlain)
        return isPlain ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }

    static func joined(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "@%_+=:,./-".utf8.contains(byte)
        }
    }
}
