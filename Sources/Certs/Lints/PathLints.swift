/// What is wrong with how the certificates of a path stand to each other.
struct PathLints {
    /// The leaf first, the anchor last.
    var path: [ChainCertificate]

    /// Each problem with the number of its certificate in the path.
    var problems: [(index: Int, problem: CertificateProblem)] { keyProblems + constraintProblems }

    private var keyProblems: [(index: Int, problem: CertificateProblem)] {
        path.indices.dropLast().compactMap { index in
            guard let wanted = path[index].extensions.authorityKey?.keyIdentifier,
                let found = path[index + 1].extensions.subjectKey, wanted != found
            else { return nil }
            return (index, CertificateProblem(.authorityKeyMismatch))
        }
    }

    // MARK: - Name constraints

    /// How many comparisons of a name with a constraint one path may cost.
    private static let mostComparisons = 250_000

    private var constraintProblems: [(index: Int, problem: CertificateProblem)] {
        var problems: [(index: Int, problem: CertificateProblem)] = []
        var left = Self.mostComparisons
        for (issuer, certificate) in path.enumerated().dropFirst() {
            guard let constraints = certificate.extensions.nameConstraints else { continue }
            for index in 0..<issuer where isConstrained(index) {
                let names = names(of: path[index])
                left -= names.count * (constraints.permitted.count + constraints.excluded.count)
                if left < 0 { return problems + [(issuer, CertificateProblem(.constraintsTooMany))] }
                if let violation = constraints.violation(among: names) {
                    problems.append(
                        (index, CertificateProblem(.constraintViolated, .error, violation.description)))
                }
            }
        }
        return problems
    }

    /// A certificate by which an authority changes its own key is exempt (RFC 5280 §6.1.3 b), unless it is the leaf.
    private func isConstrained(_ index: Int) -> Bool { index == 0 || !path[index].contents.isSelfIssued }

    private func names(of certificate: ChainCertificate) -> [GeneralName] {
        let listed = certificate.extensions.subjectNames ?? []
        let subject = certificate.contents.subject
        // Addresses in the subject count only where the certificate lists none (RFC 5280 §4.2.1.10).
        let emails = listed.contains { $0.kind == 1 } ? [] : subject.emails.map(GeneralName.email)
        return (subject.isEmpty ? [] : [.directory(subject)]) + listed + emails
    }
}
