import EnvSchema

/// How old a secret may become before somebody is told.
enum SecretPolicy {
    static let variable = "SECRET_MAX_AGE_DAYS"
    /// Where the settings say nothing of it.
    static let standardDays: Int64 = 90

    /// What the settings say, whatever else is wrong with them.
    static func days(_ document: EnvDocument?) -> Int64 {
        document?.value(of: variable).flatMap(Int64.init) ?? standardDays
    }
}
