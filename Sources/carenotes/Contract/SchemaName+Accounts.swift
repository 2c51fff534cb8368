extension SchemaName {
    var accounts: JSONSchema {
        switch self {
        case .me:
            .object([
                .required("id", .text(.id)), .required("organisation_id", .text(.id)),
                .required("email", .nullable(.email)), .required("role", .text(.role)),
                .optional("created_at", .text(.time)), .optional("disabled", .boolean),
                .optional("locked_for_seconds", .integer(nil)),
            ])
        case .newUser:
            .object([
                .required("email", .text(.email)), .required("password", .text(.newPassword)),
                .required("role", .text(.role)),
            ])
        case .userChange:
            .object([
                .required("id", .text(.id)), .optional("role", .text(.role)), .optional("disabled", .boolean),
                .optional("unlock", .boolean), .optional("password", .text(.newPassword)),
            ])
        case .userPage: page("users", of: .user)
        case .session: .object(Self.pair + [.required("user", .named(.user))])
        case .tokens: .object(Self.pair)
        case .setup:
            .object([
                .required("setup_token", .text(.token)),
                .required("organisation", .text(.line(longest: AccountBody.longestName))),
                .required("email", .text(.email)), .required("password", .text(.newPassword)),
            ])
        case .login:
            .object([.required("email", .text(.email)), .required("password", .text(.password))])
        case .refresh: .object([.required("refresh_token", .text(.token))])
        case .logout:
            .object([.required("refresh_token", .text(.token)), .optional("everywhere", .boolean)])
        case .passwordChange:
            .object([
                .required("current_password", .text(.password)), .required("new_password", .text(.newPassword)),
            ])
        default:
            .object([
                .required("id", .text(.id)), .required("organisation_id", .text(.id)),
                .required("email", .text(.email)), .required("role", .text(.role)),
                .required("created_at", .text(.time)), .required("disabled", .boolean),
                .required("locked_for_seconds", .integer(nil)),
            ])
        }
    }

    /// As RFC 6749 §5.1 names them.
    private static let pair: [JSONSchema.Member] = [
        .required("access_token", .text(.any)), .required("token_type", .text(.one(of: ["Bearer"]))),
        .required("expires_in", .integer(nil)), .required("refresh_token", .text(.any)),
        .required("refresh_expires_in", .integer(nil)),
    ]
}
