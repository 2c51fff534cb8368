/// What a value may be.
package enum ValueType: Sendable, Hashable {
    case string
    /// `http` or `https`, a host, and perhaps a port and a path.
    case url
    /// `https://host` or `https://host:port`.
    case origin
    case port(min: Int, max: Int)
    /// `true` or `false`.
    case boolean
    case enumeration([String])
    case email
    case number(min: Double?, max: Double?, isInteger: Bool)
    /// Version 4, version 6, or either.
    case ip(version: Int?)
    /// A whole number and a unit: `500ms`, `30s`, `15m`, `12h`, `7d`, `2w`.
    case duration(min: Duration?, max: Duration?)
    /// A path of a file or folder.
    case path
    /// A DNS name or an IPv4 address.
    case hostname
    /// A name that PostgreSQL takes without quotes: `[a-z_][a-z0-9_]*`, at most 63.
    case identifier
    /// So many bytes as hexadecimal digits, two for each.
    case hexadecimal(bytes: Int)
}
