/// What came of a proof.
struct ProofResult: Sendable, Equatable {
    enum Verdict: Sendable, Equatable {
        case passed
        /// It works, but not as its author will believe.
        case warning(ProofProblem)
        case failed(ProofProblem)
        /// It was not carried out, and why: never green.
        case skipped(String)
    }

    /// What worked, in the order in which it was tried.
    var layers: [ProofLayer] = []
    var verdict: Verdict

    var isFailed: Bool { if case .failed = verdict { true } else { false } }

    var problem: ProofProblem? {
        switch verdict {
        case .failed(let problem), .warning(let problem): problem
        case .passed, .skipped: nil
        }
    }

    /// As documents for programs have it.
    var state: String {
        switch verdict {
        case .passed: "passed"
        case .warning: "warning"
        case .failed: "failed"
        case .skipped: "skipped"
        }
    }
}

/// One step that worked, such as `TLS` with `TLS 1.3`.
struct ProofLayer: Sendable, Equatable {
    var name: String
    var detail: String
}

/// What did not work. Never holds the value of a secret.
struct ProofProblem: Sendable, Equatable {
    /// The step, such as `AUTH`.
    var layer: String
    /// What was seen, in one sentence without a full stop.
    var reason: String
    var fix: String
    /// Values that were seen to work.
    var suggestion: [Setting] = []

    struct Setting: Sendable, Equatable {
        var variable: String
        var value: String
    }
}

/// Why a proof ends before its end.
enum ProofStop: Error, Equatable {
    case failed(ProofProblem)
    case warning(ProofProblem)
    case skipped(String)

    static func failed(_ layer: String, _ reason: String, fix: String) -> ProofStop {
        .failed(ProofProblem(layer: layer, reason: reason, fix: fix))
    }
}

/// What a proof writes down while it runs.
struct ProofLog {
    private(set) var layers: [ProofLayer] = []
    private let report: (ProofLayer) -> Void
    private let isCancelled: () -> Bool

    /// - Parameters:
    ///   - isCancelled: Asked after each layer; a proof stops there once it says so.
    ///   - report: Told of each layer as it is passed.
    init(isCancelled: @escaping () -> Bool = { false }, report: @escaping (ProofLayer) -> Void = { _ in }) {
        self.isCancelled = isCancelled
        self.report = report
    }

    /// - Throws: `skipped`, where somebody wants the proof to stop.
    mutating func passed(_ layer: String, _ detail: String = "") throws(ProofStop) {
        let layer = ProofLayer(name: layer, detail: detail)
        layers.append(layer)
        report(layer)
        if isCancelled() { throw .skipped("it was stopped after \(layer.name)") }
    }
}
