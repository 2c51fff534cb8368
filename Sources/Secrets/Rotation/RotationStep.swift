/// One thing that a rotation does, and one boundary: the journal names it before it is begun.
package enum RotationStep: Hashable, Sendable {
    /// The server comes to know the new secret beside the old one.
    case stage(String)
    /// Every service comes to accept both.
    case admit
    /// The new secret is tried where it will be used.
    case prove(String)
    /// The settings name the new ones, all in one write.
    case settle
    /// Every service uses the new ones.
    case publish
    /// Nobody uses the old one any more.
    case drain(String)
    /// The server forgets the old one.
    case retire(String)
    /// No service accepts the old ones any more.
    case withdraw

    package enum Phase: String, Sendable, CaseIterable {
        case stage, prove, publish, drain, retire
    }

    package var phase: Phase {
        switch self {
        case .stage, .admit: .stage
        case .prove: .prove
        case .settle, .publish: .publish
        case .drain: .drain
        case .retire, .withdraw: .retire
        }
    }

    /// The secret that it is about; nil for all of the run.
    package var secret: String? {
        switch self {
        case .stage(let name), .prove(let name), .drain(let name), .retire(let name): name
        case .admit, .settle, .publish, .withdraw: nil
        }
    }

    /// One word, and the secret's name, for journals and logs.
    package var text: String {
        switch self {
        case .stage(let name): "stage \(name)"
        case .admit: "admit"
        case .prove(let name): "prove \(name)"
        case .settle: "settle"
        case .publish: "publish"
        case .drain(let name): "drain \(name)"
        case .retire(let name): "retire \(name)"
        case .withdraw: "withdraw"
        }
    }
}
