/// A regular expression of the template (the option `matches`, and `regex()`).
package struct RegexRule: Sendable, Hashable {
    package var pattern: String
    /// `i`, `m` and `s`, as in JavaScript; others change nothing here.
    package var flags: String

    /// No longer value is held against a pattern: what looks back could take its time in the square of the length.
    static let longest = 4096

    /// Nil where the pattern cannot be read.
    init?(pattern: String, flags: String = "") {
        guard flags.utf8.allSatisfy({ "dgimsuvy".utf8.contains($0) }) else { return nil }
        self.pattern = pattern
        self.flags = flags
        guard compiled != nil else { return nil }
    }

    /// Reads `/pattern/flags`, or takes the text for the pattern.
    init?(literal: String) {
        guard literal.hasPrefix("/"), let end = literal.utf8.lastIndex(of: UInt8(ascii: "/")),
            end > literal.startIndex
        else {
            self.init(pattern: literal)
            return
        }
        let pattern = literal.utf8[literal.startIndex..<end].dropFirst().text
        self.init(pattern: pattern, flags: literal.utf8[end...].dropFirst().text)
    }

    func matches(_ text: String) -> Bool {
        guard text.utf8.count <= Self.longest, let compiled else { return false }
        return (try? compiled.firstMatch(in: text)) != nil
    }

    private var compiled: Regex<AnyRegexOutput>? {
        guard let regex = try? Regex(pattern) else { return nil }
        return
            regex
            .ignoresCase(flags.contains("i"))
            .anchorsMatchLineEndings(flags.contains("m"))
            .dotMatchesNewlines(flags.contains("s"))
    }
}
