package import OpenSSL

/// Why a secret could not be made, sealed or opened. Never holds the secret.
package enum SecretsError: Error, Equatable, Sendable {
    /// The random generator of OpenSSL gave nothing.
    case noRandomness(OpenSSLError)
    /// A length or an amount outside what the operation takes.
    case badLength(expected: String, actual: Int)
    /// The sealed bytes were changed, cut, or sealed with another key or other associated data.
    case notAuthentic
    /// The password holds something other than printable ASCII, whose form PostgreSQL would normalise first.
    case unsupportedPassword
    /// OpenSSL refused.
    case openSSL(OpenSSLError)
}
