/// What stands after the `=` of a decorator, a note or a template's value: a word, a quoted text, a call such as
/// `port(min=1)`, a list `[a, b]` or a record `{k=v}` (<https://varlock.dev/env-spec/reference/>).
struct Expression: Hashable {
    var kind: Kind
    /// The word, the text, or the function's name; empty for a list and a record.
    var word = ""
    /// What a call, a list or a record holds.
    var arguments: [Argument] = []
    /// The offset of its first byte.
    var offset: Int

    enum Kind: Hashable {
        case word
        /// References in it are replaced, but for single quotes.
        case text(isSingleQuoted: Bool)
        case call
        case list
        case record
    }

    struct Argument: Hashable {
        /// Nil for a positional argument.
        var name: String?
        var value: Expression
    }

    /// The arguments without names; nil when one has a name.
    var positional: [Expression]? {
        arguments.allSatisfy { $0.name == nil } ? arguments.map(\.value) : nil
    }

    /// The words of the arguments of a call such as `enum(a, b)`; nil where one has a name or is more than a word.
    var words: [String]? {
        guard kind == .call, let positional, positional.allSatisfy(\.isPlain) else { return nil }
        return positional.map(\.word)
    }

    /// A word or a quoted text.
    var isPlain: Bool {
        switch kind {
        case .word, .text: true
        case .call, .list, .record: false
        }
    }
}

/// `name`, `name=expression` or `name(arguments)`: one decorator, or one word of a note.
struct Entry: Hashable {
    var name: String
    var value: Expression?
    var offset: Int
}
