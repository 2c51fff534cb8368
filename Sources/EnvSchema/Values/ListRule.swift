/// Limits of a list: `a,b`, `["a", "b"]` or `[a, b]`.
package struct ListRule: Sendable, Hashable {
    package var element = TypeRule()
    package var separator = ","
    package var minimumCount = 1
    package var maximumCount: Int?
    package var isUnique = false

    func accepts(_ text: String) -> Bool {
        let elements = elements(of: text)
        guard elements.count >= minimumCount, elements.count <= maximumCount ?? elements.count else {
            return false
        }
        if isUnique, Set(elements).count < elements.count { return false }
        return elements.allSatisfy { element.accepts($0) }
    }

    private func elements(of text: String) -> [String] {
        if case .list(let values)? = JSONSyntax.parse(text) { return values.map(\.text) }
        guard text.hasPrefix("["), text.hasSuffix("]") else { return split(text.utf8[...], separator) }
        return split(text.utf8.dropFirst().dropLast(), ",")
    }

    private func split(_ text: Substring.UTF8View, _ separator: String) -> [String] {
        let trimmed = text.trimmed
        guard !trimmed.isEmpty else { return [] }
        let sign = Array(separator.utf8)
        var parts: [String] = []
        var start = trimmed.startIndex
        var index = start
        while index < trimmed.endIndex {
            if !sign.isEmpty, trimmed[index...].starts(with: sign) {
                parts.append(trimmed[start..<index].trimmed.text)
                index = trimmed.index(index, offsetBy: sign.count)
                start = index
            } else {
                index = trimmed.index(after: index)
            }
        }
        return parts + [trimmed[start...].trimmed.text]
    }

    var description: String {
        "a list of \(element.type.description), with “\(separator)” between"
            + ValueType.range(minimumCount > 1 ? "\(minimumCount)" : nil, maximumCount.map { "\($0)" })
            + (isUnique ? ", all different" : "")
    }
}

/// Limits of a JSON object, or of `{name=value}`.
package struct RecordRule: Sendable, Hashable {
    /// Nil for any JSON.
    package var value: TypeRule?
    package var key: TypeRule?
    package var minimumCount = 0
    package var maximumCount: Int?

    func accepts(_ text: String) -> Bool {
        guard let members = members(of: text) else { return false }
        guard members.count >= minimumCount, members.count <= maximumCount ?? members.count else { return false }
        return members.allSatisfy { member in
            (key.map { $0.accepts(member.name) } ?? true) && (value.map { $0.accepts(member.value.text) } ?? true)
        }
    }

    private func members(of text: String) -> [JSONSyntax.Member]? {
        if case .object(let members)? = JSONSyntax.parse(text) { return members }
        var parser = ExpressionParser(Array(text.utf8), at: 0, in: .value)
        guard let expression = parser.expression(), expression.kind == .record,
            parser.cursor == text.utf8.count
        else { return nil }
        let members = expression.arguments.compactMap { argument in
            argument.name.map { JSONSyntax.Member(name: $0, value: .text(argument.value.word)) }
        }
        return members.count == expression.arguments.count ? members : nil
    }
}

extension JSONSyntax.Value {
    /// A plain value as it is; a list or an object counts as its JSON, which no plain type takes.
    fileprivate var text: String {
        switch self {
        case .text(let text): text
        case .list: "[…]"
        case .object: "{…}"
        }
    }
}
