extension Variable {
    /// What is wrong with the value for itself, whatever the other variables hold; empty for what may stand there.
    package func findings(for value: String) -> [Finding] {
        if value.isEmpty { return isRequired ? [missing()] : [] }
        return valueFindings(for: value)
    }

    /// As `findings(for:)`, for a value that is not empty. A placeholder is nothing but a placeholder: it comes before each
    /// rule about lengths and types.
    func valueFindings(for value: String) -> [Finding] {
        if Placeholder.isPlaceholder(value, of: self) { return [finding(.placeholder)] }
        if value.utf8.contains(where: \.isControl) { return [finding(.controlCharacter)] }
        if isSecret, !isGiven, let finding = strengthFinding(for: value) { return [finding] }
        guard type.accepts(value) else { return [finding(.invalidValue)] }
        return text.accepts(value) ? [] : [finding(.invalidValue)]
    }

    private func strengthFinding(for value: String) -> Finding? {
        let minimum = max(SecretStrength.minimumLength, text.minimumLength ?? 0)
        if value.unicodeScalars.count < minimum {
            return finding(.secretTooShort, number: minimum)
        }
        let strength = SecretStrength(of: value)
        guard strength.isWeak else { return nil }
        return finding(.weakSecret, number: strength.roundedBits, reason: strength.pattern?.rawValue)
    }

    func missing() -> Finding { finding(.missingRequired) }

    private func finding(_ code: FindingCode, number: Int? = nil, reason: String? = nil) -> Finding {
        Finding(
            code, variable: name,
            context: .init(expected: expectation, reason: reason, number: number, generation: generation))
    }

    /// Such as `a port from 1024 to 65535`.
    package var expectation: String {
        let limits = text.description
        if type == .string { return limits.isEmpty ? "text" : "text " + limits }
        if case .hexadecimal = type { return type.description }
        return limits.isEmpty ? type.description : "\(type.description), \(limits)"
    }
}

extension TextRules {
    func accepts(_ value: String) -> Bool {
        let length = value.unicodeScalars.count
        return length >= minimumLength ?? 0 && length <= maximumLength ?? length
            && value.hasPrefix(prefix ?? "") && value.hasSuffix(suffix ?? "")
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
        return parts.joined(separator: ", ")
    }
}
