import Certs

/// What `certs verify` prints.
struct VerificationReport {
    var verdict: ChainVerdict
    /// The chain's file as the user named it.
    var chain: String

    init(_ verdict: ChainVerdict, chain: String) {
        self.verdict = verdict
        self.chain = chain
    }

    var text: [String] {
        let reasons = verdict.reasons.flatMap { reason in
            [
                "\(place(of: reason)): \(reason.problem.severity.rawValue): \(reason.problem.reason)"
                    + " [\(reason.problem.code.rawValue)]",
                "    Fix: \(reason.problem.fix)",
            ]
        }
        return reasons + ["\(chain): \(verdict.isAccepted ? "accepted" : "rejected")"]
    }

    private func place(of reason: ChainReason) -> String {
        guard let certificate = reason.certificate else { return chain }
        switch certificate.place {
        case .chain(0): return "\(chain), the server's certificate"
        case .chain(let index): return "\(chain), intermediate \(index)"
        case .authority(let index): return "authority \(certificate.subject ?? "number \(index + 1)")"
        }
    }

    func json() throws -> String { try JSONText.encode(Document(self)) }

    /// Version 1 of the document; a field may be added without a new version.
    struct Document: Encodable {
        var schema = 1
        var command = "certs verify"
        var accepted: Bool
        /// Subjects, the server's first.
        var path: [String]
        var reasons: [Entry]

        init(_ report: VerificationReport) {
            accepted = report.verdict.isAccepted
            path = report.verdict.path
            reasons = report.verdict.reasons.map(Entry.init)
        }
    }

    struct Entry: Encodable {
        var code: String
        var severity: String
        var certificate: Certificate?
        var reason: String
        var fix: String

        init(_ reason: ChainReason) {
            code = reason.problem.code.rawValue
            severity = reason.problem.severity.rawValue
            certificate = reason.certificate.map(Certificate.init)
            self.reason = reason.problem.reason
            fix = reason.problem.fix
        }
    }

    /// A number in the chain, or an authority's subject.
    enum Certificate: Encodable {
        case index(Int)
        case authority(String)

        init(_ certificate: ChainReason.Certificate) {
            switch certificate.place {
            case .chain(let index): self = .index(index)
            case .authority(let index): self = .authority(certificate.subject ?? "authority \(index + 1)")
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .index(let index): try container.encode(index)
            case .authority(let subject): try container.encode(subject)
            }
        }
    }
}
