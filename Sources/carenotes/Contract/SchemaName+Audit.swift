extension SchemaName {
    var audit: JSONSchema {
        switch self {
        case .auditPage: page("events", of: .auditEvent)
        default:
            .object([
                .required("id", .text(.id)), .required("time", .text(.time)),
                .required("kind", .text(.one(of: AuditEvent.Kind.allCases.map(\.rawValue)))),
                .required("action", .text(.any)), .required("outcome", .text(.any)),
                .required("organisation_id", .text(.id)), .required("actor_id", .nullable(.id)),
                .required("actor_role", .nullable(.role)), .required("resident_id", .nullable(.id)),
                .required("record_id", .nullable(.id)), .optional("count", .integer(nil)),
                .optional("account", .text(.any)), .optional("changed", .text(.any)),
                .required("client", .text(.any)), .required("request_id", .text(.any)),
                .required("replica", .integer(nil)),
            ])
        }
    }
}
