/// The forms of texts, out of the limits that their validators check.
extension JSONSchema.TextForm {
    /// PostgreSQL's text has no place for U+0000.
    static func text(longest: Int) -> Self { Self(lengths: 1...longest, pattern: "^[^\\u0000]+$") }

    /// Without control characters, as those of accounts are.
    static func line(longest: Int) -> Self {
        Self(lengths: 1...longest, pattern: "^[^\\u0000-\\u001F\\u007F-\\u009F]+$")
    }

    static func one(of values: [String]) -> Self { Self(values: values) }

    static let id = Self(lengths: 36...36, pattern: UUIDText.pattern, format: "uuid")
    static let day = Self(lengths: 10...10, pattern: CalendarDate.pattern, format: "date")
    static let time = Self(format: "date-time")
    static let moment = Self(pattern: Moment.pattern)
    static let tag = Self(lengths: Tag.lengths, pattern: Tag.pattern)
    static let email = Self(lengths: 3...EmailAddress.longest, pattern: EmailAddress.pattern)
    static let password = line(longest: AccountBody.longestPassword)
    static let newPassword = Self(
        lengths: PasswordRules.lengths, pattern: line(longest: 1).pattern, format: "password")
    static let token = line(longest: AccountBody.longestToken)
    static let nhsNumber = Self(lengths: 10...14, pattern: NHSNumber.pattern)
    static let role = one(of: Role.allCases.map(\.rawValue))
    static let status = one(of: ResidentStatus.allCases.map(\.rawValue))
    static let cursor = Self()
    static let any = Self()
}
