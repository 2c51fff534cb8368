/// What came of verifying a chain.
package struct ChainVerdict: Sendable, Equatable {
    package var isAccepted = false
    /// Errors and warnings; an accepted chain has warnings at most.
    package var reasons: [ChainReason] = []
    /// The subjects of the path that was judged, the leaf first; empty where there was none.
    package var path: [String] = []

    package init() {}

    mutating func add(_ problem: CertificateProblem, _ place: CertificatePlace?) {
        reasons.append(ChainReason(problem, at: place.map { ChainReason.Certificate($0, nil) }))
    }
}

/// One thing that speaks against a chain, and against which of its certificates.
package struct ChainReason: Sendable, Equatable {
    package struct Certificate: Sendable, Equatable {
        package var place: CertificatePlace
        /// RFC 4514 text; told for authorities, which have no number that a person knows.
        package var subject: String?

        init(_ place: CertificatePlace, _ subject: String?) {
            self.place = place
            self.subject = subject
        }
    }

    package var problem: CertificateProblem
    /// nil where it concerns a whole file.
    package var certificate: Certificate?

    init(_ problem: CertificateProblem, at certificate: Certificate?) {
        self.problem = problem
        self.certificate = certificate
    }
}

/// Everything that speaks against one path.
struct PathJudgement {
    var path: CertificatePath
    var certificates: [ChainCertificate]
    var reasons: [ChainReason]

    var errorCount: Int { reasons.count { $0.problem.severity == .error } }

    init(path: CertificatePath, certificates: [ChainCertificate], time: Int64) {
        self.path = path
        self.certificates = certificates
        reasons = []
        let count = certificates.count
        for (index, certificate) in certificates.enumerated() {
            let role: PathRole = index == 0 ? .leaf : index == count - 1 ? .anchor : .intermediate
            for problem in CertificateLints(certificate: certificate, role: role, time: time).problems {
                add(problem, path, index)
            }
        }
        for found in PathLints(path: certificates).problems { add(found.problem, path, found.index) }
        for finding in OpenSSLPathCheck(path: certificates).findings() {
            add(finding.problem, path, openSSL: min(max(finding.depth, 0), count - 1))
        }
    }

    /// What only OpenSSL looks at. Anything else of its is told where our rules, which say more, were silent.
    private static let alone: Set<CertificateProblem.Code> = [
        .signatureInvalid, .pathLengthExceeded, .policyRefused,
    ]

    private mutating func add(_ finding: CertificateProblem, _ path: CertificatePath, openSSL index: Int) {
        let known = reasons.filter { $0.certificate?.place == path.places[index] && $0.problem.severity == .error }
        let isTold = known.contains { $0.problem.code == finding.code }
        if known.isEmpty || Self.alone.contains(finding.code) && !isTold { add(finding, path, index) }
    }

    private mutating func add(_ problem: CertificateProblem, _ path: CertificatePath, _ index: Int) {
        let place = path.places[index]
        let subject: String? = if case .authority = place { certificates[index].subject } else { nil }
        reasons.append(ChainReason(problem, at: .init(place, subject)))
    }
}
