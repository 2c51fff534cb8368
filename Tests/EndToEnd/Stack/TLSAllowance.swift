/// A finding that a stack of the local profile may have, and why.
struct TLSAllowance: Equatable, CustomStringConvertible {
    /// Whether the finding has to come, so that the list holds nothing that is no longer true.
    enum Presence: Equatable {
        case always
        /// In versions of the scanner that start like that.
        case version(String)
        /// It depends on the moment or on the machine: testssl's own troubles alone.
        case sometimes
    }

    var scanner: TLSFinding.Scanner
    var identifier: String
    var text: String
    var presence = Presence.always
    var reason: String

    var description: String { "\(scanner.rawValue) \(identifier): \(text)" }

    func covers(_ finding: TLSFinding, version: String) -> Bool {
        if case .version(let start) = presence, !version.hasPrefix(start) { return false }
        return finding.scanner == scanner && finding.identifier == identifier && finding.text == text
    }

    func isDue(version: String) -> Bool {
        switch presence {
        case .always: true
        case .version(let start): version.hasPrefix(start)
        case .sometimes: false
        }
    }

    static let list = [
        TLSAllowance(
            scanner: .testssl, identifier: "cert_revocation", text: "Neither CRL nor OCSP URI provided",
            reason: "self-signed: who made it has nowhere to publish what is revoked; a new one takes its place"),
        TLSAllowance(
            scanner: .testssl, identifier: "DNS_CAArecord", text: "--",
            reason: "localhost is in no DNS zone; for a public name the record is its owner's to make"),
        TLSAllowance(
            scanner: .testssl, identifier: "HSTS", text: "not offered",
            reason: "it would hold for every port of localhost, and for the next self-signed certificate: "
                + "sent for public names with TLS_MODE letsencrypt or files"),
        TLSAllowance(
            scanner: .testssl, identifier: "cipher_order", text: "NOT a cipher order configured",
            presence: .version("3.0"),
            reason: "Mozilla's intermediate level: all suites are good, and a client without AES in hardware is "
                + "faster with ChaCha20; testssl 3.2 agrees"),
        TLSAllowance(
            scanner: .testssl, identifier: "sessionresumption_ticket",
            text: "check failed because of connect problem", presence: .sometimes,
            reason:
                "testssl's s_client hangs up at once, sometimes before the session of TLS 1.3 comes; that both "
                + "protocols resume is a test of its own"),
        TLSAllowance(
            scanner: .testssl, identifier: "engine_problem",
            text: "No engine or GOST support via engine with your /usr/bin/openssl", presence: .sometimes,
            reason: "about testssl's own OpenSSL; the server has no GOST suites"),
        TLSAllowance(
            scanner: .sslscan, identifier: "self-signed", text: "true", reason: "self-signed: the local profile is"
        ),
    ]
}

/// What one scanner's findings come to.
struct TLSVerdict: Equatable {
    var unexpected: [TLSFinding]
    /// What the list allows, though it never came.
    var stale: [TLSAllowance]

    init(_ findings: [TLSFinding], of scanner: TLSFinding.Scanner, version: String, allowed: [TLSAllowance]) {
        unexpected = findings.filter { finding in
            !allowed.contains { $0.covers(finding, version: version) }
        }
        stale = allowed.filter { allowance in
            allowance.scanner == scanner && allowance.isDue(version: version)
                && !findings.contains { allowance.covers($0, version: version) }
        }
    }
}
