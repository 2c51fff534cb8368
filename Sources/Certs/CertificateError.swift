package import OpenSSL

/// Why a certificate could not be made.
package enum CertificateError: Error, Equatable, Sendable {
    /// No name at all was given.
    case noNames
    /// Neither a DNS name (letters, digits and hyphens; a leading `*.` is fine; international names in their
    /// `xn--` form) nor an IP address.
    case badName(String)
    /// A lifetime outside what is accepted.
    case badLifetime(days: Int, allowed: ClosedRange<Int>)
    /// The organisation is empty, longer than the 64 characters of X.520, or holds control characters.
    case badOrganisation
    /// The authority's certificate or key does not parse, or they do not belong together.
    case badAuthority
    /// OpenSSL refused.
    case openSSL(OpenSSLError)
}
