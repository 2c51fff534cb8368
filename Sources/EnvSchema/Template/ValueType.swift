/// What a value may be: the types of `@env-spec` (<https://varlock.dev/reference/data-types/>), and those that a
/// `# careinit: type=` note adds.
package indirect enum ValueType: Sendable, Hashable {
    case string
    case url(URLRule)
    /// `https://host` or `https://host:port`.
    case origin
    case port(min: Int, max: Int)
    /// `true` or `false`, or another of the words that `@env-spec` takes for them.
    case boolean
    case enumeration([String])
    case email
    case number(NumberRule)
    /// Version 4, version 6, or either.
    case ip(version: Int?)
    /// A number and a unit: `500ms`, `30s`, `15m`, `12h`, `7d`, `2w`.
    case duration(min: Duration?, max: Duration?)
    case domain(DomainRule)
    case semanticVersion
    /// A date of ISO 8601, perhaps with a time.
    case date
    case uuid
    case md5
    case array(ListRule)
    case record(RecordRule)

    /// A path of a file or folder.
    case path
    case absolutePath
    /// A DNS name or an IPv4 address.
    case hostname
    /// Host names or addresses with commas between them, each perhaps with a port.
    case hostList
    /// A name that PostgreSQL takes without quotes: `[a-z_][a-z0-9_]*`, at most 63.
    case identifier
    /// So many bytes as hexadecimal digits, two for each.
    case hexadecimal(bytes: Int)
    /// Base64 of so many bytes; nil for any number of them.
    case base64(bytes: Int?)
    /// `A-Za-z0-9_-`.
    case urlSafe
    /// A number of bytes: `10485760`, `10MB`, `512k`.
    case size(min: Int64?, max: Int64?)
    case cron
    case telephone
    case timeZone
    case currency
    case locale
    case pem
    case percentage(min: Double?, max: Double?)
}

/// A type with the limits of the text itself.
package struct TypeRule: Sendable, Hashable {
    package var type = ValueType.string
    package var text = TextRules()

    func accepts(_ value: String) -> Bool { type.accepts(value) && text.accepts(value) }
}
