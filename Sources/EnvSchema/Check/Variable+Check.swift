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
        if !type.isMultiline, value.utf8.contains(where: \.isControl) { return [finding(.controlCharacter)] }
        if isSecret, !isGiven, let finding = strengthFinding(for: value) { return [finding] }
        guard type.accepts(value), text.accepts(value) else { return [finding(.invalidValue)] }
        return splices.first { $0.write(value) == nil }.map { [unsafe(in: $0)] } ?? []
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

    private func unsafe(in splice: Splice) -> Finding {
        Finding(
            .unsafeInContext, variable: name,
            context: .init(expected: splice.title, reason: splice.refused, generation: generation))
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
