/// What the header of a template says of all its variables.
struct RootSettings {
    private var values: [String: Expression] = [:]
    /// Whether the template has no annotation at all: then names, values and prose tell what there is to tell.
    var isPlain = false

    mutating func set(_ name: String, _ value: Expression?) {
        values[name] = value ?? Expression(kind: .word, word: "true", offset: 0)
    }

    /// The variable that names the kind of installation: `@currentEnv=$NAME`, or once `@envFlag=NAME`.
    var environmentName: String? {
        if let word = values["currentEnv"]?.word, word.hasPrefix("$") { return String(word.dropFirst()) }
        return values["envFlag"]?.word
    }

    /// `@disable`: nothing of the file counts.
    var isDisabled: Bool { values["disable"]?.word == "true" }

    /// nil where each variable with a value is required, as without the decorator.
    var isRequired: Bool? { values["defaultRequired"].flatMap { Bool($0.word) } }

    func isSensitive(_ name: String) -> Bool {
        guard let value = values["defaultSensitive"] else { return true }
        if value.word == "inferFromPrefix", let prefix = value.words?.first { return !name.hasPrefix(prefix) }
        return Bool(value.word) ?? true
    }
}
