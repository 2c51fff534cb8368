import EnvSchema

/// A proof and what came of it.
struct ProvenProof: Sendable, Equatable {
    var proof: Proof
    var result: ProofResult

    /// For people.
    var lines: [String] {
        let head = "\(proof.section): \(proof.title): "
        switch result.verdict {
        case .passed: return [head + "passed (\(layerNames))"]
        case .skipped(let reason): return [head + "not tried: \(reason)"]
        case .failed(let problem): return lines(head + "failed", problem)
        case .warning(let problem): return lines(head + "warning", problem)
        }
    }

    private func lines(_ head: String, _ problem: ProofProblem) -> [String] {
        let passed = result.layers.isEmpty ? [] : ["    Passed: \(layerNames)"]
        return ["\(head) at \(problem.layer): \(problem.reason)"] + passed + ["    Fix: \(problem.fix)"]
    }

    private var layerNames: String { result.layers.map(\.name).joined(separator: ", ") }

    /// As a finding of the file, for formats that know nothing else; nil where it did not fail.
    func finding(in document: EnvDocument) -> Finding? {
        guard case .failed(let problem) = result.verdict else { return nil }
        let name = problem.suggestion.first?.variable ?? proof.variables.first
        let reason = "\(problem.layer): \(problem.reason)"
        return Finding(
            .proofFailed, variable: name,
            at: name.flatMap { document.assignment(of: $0)?.valuePosition },
            context: .init(expected: proof.title, suggestion: problem.fix, reason: reason))
    }
}

extension ProofLayer {
    /// Such as `TLS ok: TLS 1.3`.
    var words: String { "\(name) ok" + (detail.isEmpty ? "" : ": \(detail)") }
}

extension [ProvenProof] {
    var lines: [String] {
        let states = ["passed", "warning", "failed", "skipped"]
        let words = ["passed": "passed", "warning": "with a warning", "failed": "failed", "skipped": "not tried"]
        let counts = states.compactMap { state -> String? in
            let count = count { $0.result.state == state }
            return count > 0 ? "\(count) \(words[state] ?? state)" : nil
        }
        return flatMap(\.lines) + ["Proofs: " + counts.joined(separator: ", ")]
    }

    var haveFailed: Bool { contains { $0.result.isFailed } }
}

extension ProvenProof {
    /// As `check --format json` has it.
    struct Document: Encodable {
        var name: String
        var section: String
        var title: String
        var variables: [String]
        var state: String
        var passed: [Layer]
        /// Where it failed; with `reason` and `fix`.
        var layer: String?
        /// Also why it was skipped.
        var reason: String?
        var fix: String?
        var suggestion: [Setting]?

        struct Layer: Encodable {
            var name: String
            var detail: String
        }

        struct Setting: Encodable {
            var variable: String
            var value: String
        }

        init(_ proven: ProvenProof) {
            name = proven.proof.kind.rawValue
            section = proven.proof.section
            title = proven.proof.title
            variables = proven.proof.variables
            state = proven.result.state
            passed = proven.result.layers.map { Layer(name: $0.name, detail: $0.detail) }
            let problem = proven.result.problem
            layer = problem?.layer
            reason = problem?.reason
            if case .skipped(let why) = proven.result.verdict { reason = why }
            fix = problem?.fix
            let settings = problem?.suggestion.map { Setting(variable: $0.variable, value: $0.value) } ?? []
            suggestion = settings.isEmpty ? nil : settings
        }
    }
}
