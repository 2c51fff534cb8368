/// Limits of the text of a value, whatever its type; lengths in Unicode scalars.
package struct TextRules: Sendable, Hashable {
    package var minimumLength: Int?
    package var maximumLength: Int?
    package var prefix: String?
    package var suffix: String?
    package var pattern: RegexRule?
    /// What another tool makes of the letters before it looks at them.
    package var letters = Letters.asWritten

    package enum Letters: Sendable, Hashable {
        case asWritten
        case upper
        case lower
    }

    func accepts(_ value: String) -> Bool {
        let value = converted(value)
        let length = value.unicodeScalars.count
        return length >= minimumLength ?? 0 && length <= maximumLength ?? length
            && value.hasPrefix(prefix ?? "") && value.hasSuffix(suffix ?? "")
            && (pattern.map { $0.matches(value) } ?? true)
    }

    private func converted(_ value: String) -> String {
        switch letters {
        case .asWritten: value
        case .upper: value.uppercased()
        case .lower: value.lowercased()
        }
    }

    /// Such as `of 1 to 60 characters`; empty without limits.
    var description: String {
        var parts: [String] = []
        switch (minimumLength, maximumLength) {
        case (let min?, let max?):
            parts.append(min == max ? "of \(min) characters" : "of \(min) to \(max) characters")
        case (let min?, nil): parts.append("of at least \(min) characters")
        case (nil, let max?): parts.append("of at most \(max) characters")
        case (nil, nil): break
        }
        if let prefix { parts.append("starting with \(prefix)") }
        if let suffix { parts.append("ending with \(suffix)") }
        if let pattern { parts.append("matching \(pattern.pattern)") }
        return parts.joined(separator: ", ")
    }
}
