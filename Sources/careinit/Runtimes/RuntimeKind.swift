import EnvSchema

/// What carries a stack out.
enum RuntimeKind: String, Sendable, Equatable, Codable, CaseIterable {
    /// Processes of this machine under supervisord.
    case native
    /// Containers under Docker Compose.
    case compose

    func runtime(_ project: Project) -> any Runtime {
        switch self {
        case .native: NativeRuntime(project: project, isRoot: HostFacts.isRoot)
        case .compose: ComposeRuntime(project: project)
        }
    }
}

extension Project {
    /// What carries this stack out: as it was started last, natively where it never was.
    var runtimeKind: RuntimeKind { AppliedPlan.load(self)?.runtime ?? .native }
    var runtime: any Runtime { runtimeKind.runtime(self) }
}

/// Reads `--runtime`.
enum RuntimeOption {
    /// nil where it was not given.
    ///
    /// - Throws: exit code 64 for any other word.
    static func read(_ invocation: Invocation) throws(CommandFailure) -> RuntimeKind? {
        guard let word = invocation.value(Command.Option.runtime.name) else { return nil }
        if let kind = RuntimeKind(rawValue: word) { return kind }
        throw CommandFailure(
            .usage, "\"\(PrintableText.make(word, width: 40))\" is no runtime", place: "--runtime",
            fix: RuntimeKind.allCases.map(\.rawValue).joined(separator: " or "))
    }
}

extension Command.Option {
    static let runtime = Self(
        name: "--runtime", value: "RUNTIME",
        help: "native or compose (default: as it was started last, else native).",
        values: RuntimeKind.allCases.map(\.rawValue))
}
