/// The document of `/api/openapi.json` (OpenAPI 3.1.0), out of the contracts.
struct OpenAPIDocument: Sendable {
    /// The origin of APP_URL.
    let origin: String

    var reply: Reply { .ok(bytes) }

    var bytes: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("openapi", "3.1.0")
            json.name("info")
            json.object { json in
                json.member("title", "carenotes")
                json.member("version", Carenotes.version)
                json.member("summary", "Care notes about residents, written once and kept.")
            }
            json.name("servers")
            json.array { json in json.object { $0.member("url", origin) } }
            json.name("paths")
            json.object { json in for route in Route.allCases { Self.write(route, to: &json) } }
            json.name("components")
            Self.writeComponents(to: &json)
        }
        return json.bytes
    }

    private static func write(_ route: Route, to json: inout JSONWriter) {
        let operations = Operation.all(of: route)
        guard !operations.isEmpty else { return }
        json.name(route.path)
        json.object { json in
            if route.hasParameter {
                json.name("parameters")
                json.array { json in
                    write(parameter: "id", in: "path", isRequired: true, .text(.id), nil, to: &json)
                }
            }
            for operation in operations {
                json.name(operation.contract.method.name.lowercased())
                json.object { json in write(operation, to: &json) }
            }
        }
    }

    private static func write(_ operation: Operation, to json: inout JSONWriter) {
        let contract = operation.contract
        json.member("operationId", "\(operation)")
        json.member("summary", contract.summary)
        if contract.access.needsToken {
            json.name("security")
            json.array { json in json.object { $0.member("accessToken", [String]()) } }
        }
        write(parametersOf: contract, to: &json)
        if let body = contract.body {
            json.name("requestBody")
            json.object { json in
                json.member("required", true)
                write(content: Reply.json, .named(body), to: &json)
            }
        }
        json.name("responses")
        json.object { json in
            for status in contract.statuses { write(status, of: operation, to: &json) }
        }
    }

    private static func write(parametersOf contract: Contract, to json: inout JSONWriter) {
        json.name("parameters")
        json.array { json in
            for item in contract.parameters {
                write(
                    parameter: item.name, in: "query", isRequired: false, item.schema, item.summary, to: &json)
            }
            if contract.needsKey {
                write(
                    parameter: "Idempotency-Key", in: "header", isRequired: true, .text(IdempotencyKey.form),
                    "New for each new request; the same for the same request again.", to: &json)
            }
        }
    }

    private static func write(
        parameter name: String, in place: String, isRequired: Bool, _ schema: JSONSchema, _ summary: String?,
        to json: inout JSONWriter
    ) {
        json.object { json in
            json.member("name", name)
            json.member("in", place)
            json.member("required", isRequired)
            if let summary { json.member("description", summary) }
            json.name("schema")
            schema.write(to: &json)
        }
    }

    private static func write(_ status: Status, of operation: Operation, to json: inout JSONWriter) {
        json.name("\(status.rawValue)")
        if status == .notModified { return json.object { $0.member("description", status.phrase) } }
        guard let answer = operation.contract.replies.first(where: { $0.status == status }) else {
            return json.object { $0.member("$ref", "#/components/responses/Problem") }
        }
        json.object { json in
            json.member("description", status.phrase)
            if operation.contract.hasTag { writeTag(to: &json) }
            if operation == .metrics {
                write(content: MetricsReply.mediaType, .text(.any), to: &json)
            } else if let schema = answer.schema {
                write(content: Reply.json, .named(schema), to: &json)
            } else if status == .ok {
                write(content: Reply.json, nil, to: &json)
            }
        }
    }

    private static func writeTag(to json: inout JSONWriter) {
        json.name("headers")
        json.object { json in
            json.name("ETag")
            json.object { json in
                json.member("required", true)
                json.name("schema")
                JSONSchema.text(JSONSchema.TextForm(pattern: "^\"[0-9a-f]+\"$")).write(to: &json)
            }
        }
    }

    /// `schema` is nil where anything may stand.
    private static func write(content type: String, _ schema: JSONSchema?, to json: inout JSONWriter) {
        json.name("content")
        json.object { json in
            json.name(type)
            json.object { json in
                json.name("schema")
                if let schema { schema.write(to: &json) } else { json.raw("true") }
            }
        }
    }

    private static func writeComponents(to json: inout JSONWriter) {
        json.object { json in
            json.name("securitySchemes")
            json.object { json in
                json.name("accessToken")
                json.object { json in
                    json.member("type", "http")
                    json.member("scheme", "bearer")
                    json.member("bearerFormat", "JWT")
                }
            }
            json.name("responses")
            json.object { json in
                json.name("Problem")
                json.object { json in
                    json.member("description", "Problem details (RFC 9457) with a stable code.")
                    write(content: Problem.contentType, .named(.problem), to: &json)
                }
            }
            json.name("schemas")
            json.object { json in
                for name in SchemaName.allCases {
                    json.name(name.rawValue)
                    name.schema.write(to: &json)
                }
            }
        }
    }
}
