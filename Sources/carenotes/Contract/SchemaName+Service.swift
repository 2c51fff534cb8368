extension SchemaName {
    var service: JSONSchema {
        switch self {
        case .circuits:
            .object([
                .required(
                    "circuits",
                    .list(
                        .object([
                            .required("name", .text(.any)),
                            .required("state", .text(.one(of: CircuitBreaker.State.allCases.map(\.word)))),
                            .required("failures_in_a_row", .integer(nil)), .required("threshold", .integer(nil)),
                        ])))
            ])
        case .problem:
            .object([
                .required("type", .text(.any)), .required("title", .text(.any)),
                .required("status", .integer(400...599)), .required("detail", .text(.any)),
                .required("code", .text(.one(of: Problem.Code.allCases.map(\.rawValue)))),
                .required("request_id", .text(.any)), .optional("errors", .list(.named(.fieldFault))),
            ])
        case .fieldFault: .object([.required("field", .text(.any)), .required("detail", .text(.any))])
        default:
            .object([
                .required("status", .text(.any)), .optional("service", .text(.any)),
                .required("instance", .integer(nil)), .required("generation", .integer(nil)),
                .optional("version", .text(.any)),
            ])
        }
    }
}
