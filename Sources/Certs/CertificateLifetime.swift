/// The time for which a certificate holds, and how much of it is left.
package struct CertificateLifetime: Equatable, Sendable {
    /// Seconds since 1970: the first and the last second of its life, which both belong to it (RFC 5280 §4.1.2.5).
    package var notBefore: Int64
    package var notAfter: Int64

    package enum State: String, Sendable {
        case notYetValid = "not-yet-valid"
        case good
        /// It holds, but should have been renewed: see `Renewal`.
        case due
        case expired
    }

    package init(notBefore: Int64, notAfter: Int64) {
        self.notBefore = notBefore
        self.notAfter = notAfter
    }

    /// That of the first certificate of a file in PEM; nil where the file does not start with one that can be read.
    package init?(certificatePEM: [UInt8]) {
        guard let der = PEMBlocks.certificates(in: certificatePEM).first ?? nil,
            let contents = try? CertificateContents(der: der)
        else { return nil }
        self.init(notBefore: contents.notBefore.seconds, notAfter: contents.notAfter.seconds)
    }

    /// `now` is in seconds since 1970, as in all that follows.
    package func state(at now: Int64) -> State {
        if now < notBefore { return .notYetValid }
        if now > notAfter { return .expired }
        return Renewal.isDue(notBefore: notBefore, notAfter: notAfter, now: now) ? .due : .good
    }

    /// How much of its life is left, from 1, before it begins, to 0, when it has ended.
    package func fractionLeft(at now: Int64) -> Double {
        guard notAfter > notBefore else { return 0 }
        return min(1, max(0, Double(notAfter - now) / Double(notAfter - notBefore + 1)))
    }

    /// Days until it ends, rounded down; -1 once it has.
    package func daysLeft(at now: Int64) -> Int64 { now > notAfter ? -1 : (notAfter - now) / 86_400 }
}
