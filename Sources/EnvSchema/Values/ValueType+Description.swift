extension ValueType {
    /// Such as `a port from 1024 to 65535`.
    package var description: String {
        switch self {
        case .string: "text"
        case .url(let rule): rule.description
        case .origin: "an address such as https://notes.example.org, without a path"
        case .port(let min, let max): "a port from \(min) to \(max)"
        case .boolean: "true or false"
        case .enumeration(let values): "one of " + values.joined(separator: ", ")
        case .email: "a mail address such as name@example.org"
        case .number(let rule): rule.description
        case .ip(let version): version.map { "an IPv\($0) address" } ?? "an IP address"
        case .duration(let min, let max):
            "a duration such as 15m or 7d"
                + Self.range(min.map(DurationSyntax.describe), max.map(DurationSyntax.describe))
        case .domain: "a domain name such as notes.example.org"
        case .semanticVersion: "a version such as 1.4.2"
        case .date: "a date such as 2026-11-24 or 2026-11-24T18:30:00Z"
        case .uuid: "a UUID such as 123e4567-e89b-12d3-a456-426614174000"
        case .md5: "32 hexadecimal digits"
        case .array(let rule): rule.description
        case .record: "an object in JSON"
        default: addedDescription
        }
    }

    /// Of the types that are careinit's own.
    private var addedDescription: String {
        switch self {
        case .path: "a path without quotes, $, ;, braces or backslashes"
        case .absolutePath: "a path from the root, such as /srv/careinit"
        case .hostname: "a host name such as mail.example.org"
        case .hostList: "hosts such as one.example.org,two.example.org:5432"
        case .identifier: "a name of lower-case letters, digits and _, at most 63, not starting with a digit"
        case .hexadecimal(let bytes): "\(bytes * 2) hexadecimal digits"
        case .base64(let bytes): "Base64" + (bytes.map { " of \($0) bytes" } ?? "")
        case .urlSafe: "letters, digits, - and _"
        case .size(let min, let max):
            "a size such as 10MB or 512KiB"
                + Self.range(min.map(SizeSyntax.describe), max.map(SizeSyntax.describe))
        case .cron: "a cron schedule such as 0 2 * * *"
        case .telephone: "a telephone number such as +441632960001"
        case .timeZone: "a time zone of the IANA database, such as Europe/London"
        case .currency: "a currency of ISO 4217, such as GBP"
        case .locale: "a language tag such as en-GB"
        case .pem: "PEM, from -----BEGIN to -----END"
        case .percentage(let min, let max):
            "a percentage" + Self.range(Self.plain(min ?? 0), Self.plain(max ?? 100))
        default: "text"
        }
    }

    static func plain(_ number: Double) -> String {
        Int(exactly: number).map { "\($0)" } ?? "\(number)"
    }

    static func range(_ min: String?, _ max: String?) -> String {
        switch (min, max) {
        case (let min?, let max?): ", from \(min) to \(max)"
        case (let min?, nil): ", at least \(min)"
        case (nil, let max?): ", at most \(max)"
        case (nil, nil): ""
        }
    }
}
