import Foundation
import Testing

/// What a scanner found against a server.
struct TLSFinding: Equatable, CustomStringConvertible {
    enum Scanner: String {
        case testssl
        case sslscan
    }

    var scanner: Scanner
    /// As the scanner has it; for sslscan, which has none, the element and the attribute of its XML.
    var identifier: String
    /// Such as LOW. WARN is testssl's for a check that it could not make, FATAL for a run that it gave up.
    var severity: String
    var text: String

    var description: String { "\(scanner.rawValue) \(severity) \(identifier): \(text)" }
}

/// What testssl wrote with `--jsonfile`.
struct TestSSLReport {
    private struct Entry: Decodable {
        var id: String
        var severity: String
        var finding: String
    }

    private let entries: [Entry]

    /// - Throws: `DecodingError` for a file that is not whole: testssl closes the array when it ends.
    init(_ json: String) throws {
        entries = try JSONDecoder().decode([Entry].self, from: Data(json.utf8))
    }

    /// What is neither good nor only information: LOW and above, and what could not be looked at.
    var findings: [TLSFinding] {
        entries.filter { !["OK", "INFO", "DEBUG"].contains($0.severity) }.map {
            TLSFinding(scanner: .testssl, identifier: $0.id, severity: $0.severity, text: $0.finding)
        }
    }

    /// How many findings testssl calls good, and how many information.
    func count(_ severity: String) -> Int { entries.count { $0.severity == severity } }

    func text(of identifier: String) -> String? { entries.first { $0.id == identifier }?.finding }

    /// A check out of every part of a whole run, the last of all included, that is missing.
    var missingParts: [String] {
        [
            "SSLv2", "TLS1_2", "TLS1_3", "cipherlist_NULL", "cert_keySize", "cert_chain_of_trust",
            "HTTP_status_code", "heartbleed", "ROBOT", "secure_client_renego", "LUCKY13", "RC4",
            "clientsimulation-openssl_111d", "scanTime",
        ].filter { text(of: $0) == nil }
    }
}
