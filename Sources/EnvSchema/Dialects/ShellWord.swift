/// A word of a shell's command, before anything in it is replaced.
struct ShellWord: Hashable {
    var parts: [Part] = []

    indirect enum Part: Hashable {
        case text([UInt8], isQuoted: Bool)
        case parameter(Parameter)
        /// `~` and what belongs to it: HOME, or somebody's home folder.
        case tilde([UInt8])
        /// A command, an arithmetic expression, a process id, an argument.
        case execution
    }

    struct Parameter: Hashable {
        var name: String
        /// The sign behind the name, with a colon before it where an empty value counts as none; nil for a bare `$NAME`.
        var sign: UInt8?
        var treatsEmptyAsUnset = false
        var word = ShellWord()
        /// `${#NAME}`.
        var isLength = false
    }

    /// The text of a word that holds no references, and whether any of it is quoted.
    var plain: (text: [UInt8], isQuoted: Bool)? {
        var text: [UInt8] = []
        var isQuoted = false
        for part in parts {
            guard case .text(let bytes, let quoted) = part else { return nil }
            text += bytes
            isQuoted = isQuoted || quoted
        }
        return (text, isQuoted)
    }

    /// What stands before the first `=` where that is an unquoted name, and the rest.
    var assignment: (name: String, isAppended: Bool, value: ShellWord)? {
        guard case .text(let bytes, false) = parts.first, let sign = bytes.firstIndex(of: ASCII.equals) else {
            return nil
        }
        let isAppended = bytes[..<sign].last == UInt8(ascii: "+")
        let name = bytes[..<sign].dropLast(isAppended ? 1 : 0)
        guard name.first?.startsName == true, name.allSatisfy(\.continuesName) else { return nil }
        var value = ShellWord(parts: Array(parts.dropFirst()))
        if sign + 1 < bytes.count {
            value.parts.insert(.text(Array(bytes[(sign + 1)...]), isQuoted: false), at: 0)
        }
        return (name.text, isAppended, value)
    }
}
