extension Schema {
    /// Whether the value, or the text it is written in, may be shown to somebody as that of the variable: it is none of a
    /// secret, and nothing in it looks like one that stands in the wrong place.
    package func mayShow(_ value: String, of name: String) -> Bool {
        guard let variable = self[name], !variable.isSecret else { return false }
        if value == variable.defaultValue { return true }
        return !SecretLikeness.mayHoldSecret(value) && !SecretLikeness.isSecret(value, named: name)
    }
}
