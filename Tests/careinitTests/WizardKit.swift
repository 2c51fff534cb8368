import EnvSchema
import Templates

@testable import careinit

/// A run of the wizard's engine for tests: it is told answers and remembers what it asked for.
struct WizardKit {
    private(set) var engine: WizardEngine
    private(set) var actions: [WizardAction] = []
    /// What was asked for, in order.
    private(set) var names: [String] = []

    static func sheet(
        _ profile: Profile = .local, existing: String? = nil, holdsData: Bool = false
    ) throws -> AnswerSheet {
        let template = EnvDocument(parsing: Templates.environment)
        let schema = try Schema(template: template)
        var inputs = AnswerInputs(profile: profile)
        inputs.existing = existing.map { EnvDocument(parsing: Array($0.utf8)) }
        inputs.holdsData = holdsData
        for (index, variable) in schema.variables.enumerated() where variable.generation != nil {
            inputs.generated[variable.name] = Sample.secret(index, for: variable)
        }
        return AnswerSheet(schema: schema, template: template, inputs: inputs)
    }

    /// Begins; `proofs` are the sections that have something to prove.
    init(
        _ sheet: AnswerSheet, asksForProfile: Bool = false, section: String? = nil,
        upgrade: TemplateUpgrade = TemplateUpgrade(), resumesAt: WizardPosition? = nil, proofs: Set<String> = []
    ) {
        var options = WizardEngine.Options()
        (options.asksForProfile, options.section, options.upgrade) = (asksForProfile, section, upgrade)
        options.resumesAt = resumesAt
        options.proofs = { _, section in proofs.contains(section) ? ["something in \(section)"] : [] }
        engine = WizardEngine(sheet: sheet, options: options)
        handle(.begin)
    }

    var last: WizardAction? { actions.last }

    /// The name of the variable that is asked for, or another word for what the engine wants.
    var asked: String {
        switch actions.last {
        case .ask(.variable(let question)): question.name
        case .ask(.profile): "profile"
        case .ask(.retired(let name)): "retired \(name)"
        case .ask(.proof(let section, _)): "proof \(section)"
        case .ask(.failedProof): "failed"
        case .ask(.sections): "sections"
        case .ask(.menu): "menu"
        case .ask(.review): "review"
        case .ask(.start): "start"
        case .prove: "proving"
        case .write: "write"
        case .start: "started"
        case .end(let end): "end \(end)"
        default: "?"
        }
    }

    /// The section, the number and the count of the last question.
    var heading: String {
        for case .show(.heading(let section, let number, let count, _, _)) in actions {
            return "\(section) \(number) \(count)"
        }
        return ""
    }

    mutating func handle(_ event: WizardEvent) {
        actions = engine.handle(event)
        names.append(asked)
    }

    mutating func reply(_ reply: Reply) { handle(.reply(reply)) }
    /// An empty answer is Enter.
    mutating func answer(_ line: String) { reply(line.isEmpty ? .accepted : .line(line)) }

    /// - Returns: What is asked for after each of the answers.
    mutating func walk(_ lines: String...) -> [String] {
        lines.map { line in
            answer(line)
            return asked
        }
    }
}

enum Sample {
    /// A secret that is different for each index and fits the variable's policy.
    static func secret(_ index: Int, for variable: Variable) -> String {
        let seed = UInt64(index + 1) &* 0x9E37_79B9_7F4A_7C15
        var state = seed
        let alphabet = Array("0123456789abcdef")
        return String(
            (0..<64).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return alphabet[Int(state >> 60)]
            })
    }
}
