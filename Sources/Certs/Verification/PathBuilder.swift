import COpenSSL

/// A way from the leaf to an authority that is trusted: the leaf first, the anchor last; by where each was given.
struct CertificatePath: Sendable, Equatable {
    var places: [CertificatePlace]
}

/// Where a certificate was given.
package enum CertificatePlace: Hashable, Sendable {
    /// By its number in the chain; the leaf is 0.
    case chain(Int)
    /// By its number among the trusted authorities.
    case authority(Int)
}

/// Finds the ways from the leaf to a trusted authority, one after the other: the first may lead over a certificate that
/// has expired, or that another root has signed, where another does not.
struct PathBuilder {
    var chain: [ChainCertificate?]
    var authorities: [ChainCertificate?]
    var time: Int64

    /// Limits of what a chain made to be slow can cost.
    static let longestPath = 16
    private static let mostSignatures = 400
    private static let mostSteps = 10_000
    private static let mostPaths = 100

    private var signaturesLeft = Self.mostSignatures
    private var stepsLeft = Self.mostSteps
    private var pathsLeft = Self.mostPaths
    private var signatures: [Pair: Bool] = [:]
    /// Certificates that some issuer's key was seen to have signed.
    private var signed: Set<CertificatePlace> = []
    private var tried: Set<CertificatePlace> = []
    /// Certificates that nobody signed of all who bear their issuer's name.
    var forgeries: Set<CertificatePlace> { tried.subtracting(signed) }

    private struct Pair: Hashable {
        var child: CertificatePlace
        var issuer: CertificatePlace
    }

    init(chain: [ChainCertificate?], authorities: [ChainCertificate?], time: Int64) {
        self.chain = chain
        self.authorities = authorities
        self.time = time
    }

    /// Hands each path to `accept`, the most promising first, until it takes one.
    mutating func search(_ accept: (CertificatePath) -> Bool) {
        guard let leaf = chain.first ?? nil else { return }
        // Whoever trusts exactly this certificate needs no path.
        let isTrusted = authorities.contains { $0?.der == leaf.der }
        if isTrusted, accept(CertificatePath(places: [.chain(0)])) { return }
        _ = extend([.chain(0)], accept)
    }

    func certificate(_ place: CertificatePlace) -> ChainCertificate? {
        switch place {
        case .chain(let index): chain[index]
        case .authority(let index): authorities[index]
        }
    }

    /// Whether a path was taken.
    private mutating func extend(_ path: [CertificatePlace], _ accept: (CertificatePath) -> Bool) -> Bool {
        stepsLeft -= 1
        guard path.count < Self.longestPath, stepsLeft > 0, let last = path.last, let child = certificate(last)
        else { return false }
        for issuer in candidates(for: child, path: path) {
            guard pathsLeft > 0, isSigned(last, child, by: issuer) else { continue }
            let longer = path + [issuer]
            if !issuer.isTrusted {
                if extend(longer, accept) { return true }
            } else {
                pathsLeft -= 1
                if accept(CertificatePath(places: longer)) { return true }
            }
        }
        return false
    }

    /// Those with the issuer's name that the path has not been through: trusted ones first, then by how well they fit.
    private func candidates(for child: ChainCertificate, path: [CertificatePlace]) -> [CertificatePlace] {
        let places =
            authorities.indices.map(CertificatePlace.authority)
            + chain.indices.dropFirst().map(CertificatePlace.chain)
        let seen = path.compactMap { certificate($0) }
        let fitting = places.filter { place in
            guard let candidate = certificate(place), candidate.contents.subject == child.contents.issuer else {
                return false
            }
            return !seen.contains { Self.isSame($0, candidate) }
        }
        // A stable order: of equals, the one that was given first.
        let scored = fitting.enumerated().map { (score: score($0.element, for: child), offset: $0.offset) }
        return scored.sorted { ($1.score, $0.offset) < ($0.score, $1.offset) }.map { fitting[$0.offset] }
    }

    private func score(_ place: CertificatePlace, for child: ChainCertificate) -> Int {
        guard let candidate = certificate(place) else { return 0 }
        let wanted = child.extensions.authorityKey?.keyIdentifier
        let isKey = wanted != nil && candidate.extensions.subjectKey == wanted
        let isNear = authorities.contains { $0?.contents.subject == candidate.contents.issuer }
        return (place.isTrusted ? 8 : 0) + (isKey ? 4 : 0) + (candidate.isValid(at: time) ? 2 : 0)
            + (isNear ? 1 : 0)
    }

    /// The same authority again, in whatever certificate, would only make a circle.
    private static func isSame(_ one: ChainCertificate, _ other: ChainCertificate) -> Bool {
        one.contents.subject == other.contents.subject
            && one.contents.publicKey.encoded == other.contents.publicKey.encoded
            && one.extensions.subjectNames == other.extensions.subjectNames
    }

    private mutating func isSigned(
        _ place: CertificatePlace, _ child: ChainCertificate, by issuer: CertificatePlace
    ) -> Bool {
        let pair = Pair(child: place, issuer: issuer)
        if let known = signatures[pair] { return known }
        guard signaturesLeft > 0, let key = certificate(issuer) else { return false }
        signaturesLeft -= 1
        let result = child.isSigned(by: key)
        signatures[pair] = result
        tried.insert(place)
        if result { signed.insert(place) }
        return result
    }
}

extension CertificatePlace {
    fileprivate var isTrusted: Bool {
        if case .authority = self { return true }
        return false
    }
}

extension ChainCertificate {
    /// Whether the issuer's key made the signature.
    func isSigned(by issuer: ChainCertificate) -> Bool {
        defer { ERR_clear_error() }
        return handle.with { child in
            issuer.handle.with { X509_verify(child, X509_get0_pubkey($0)) == 1 }
        }
    }
}
