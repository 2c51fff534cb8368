/// One thing that is wrong with a `.env` file: what, and where. `reason` and `fix` say it in words.
///
/// Never holds the value of a secret.
package struct Finding: Sendable, Hashable {
    package var code: FindingCode
    /// The variable it is about, where its name may be shown.
    package var variable: String?
    /// Nil where it is about the file as a whole, or about a value that is in no file yet.
    package var position: SourcePosition?
    package var context: Context

    /// A line of the file whose name is like none of the template's may be the operator's own, for another program.
    package var severity: Severity {
        let isForeign = code == .unknownName && variable != nil && position != nil && context.suggestion == nil
        return isForeign ? .warning : code.severity
    }

    package init(
        _ code: FindingCode, variable: String? = nil, at position: SourcePosition? = nil,
        context: Context = Context()
    ) {
        self.code = code
        self.variable = variable
        self.position = position
        self.context = context
    }

    package enum Severity: String, Sendable {
        /// The stack must not start with it.
        case error
        /// Does no harm, but is not what its author believes.
        case warning
    }

    /// What the wording needs besides the code.
    package struct Context: Sendable, Hashable {
        /// What would be right, such as `a port from 1024 to 65535`.
        package var expected: String?
        /// Other variables that have part in it.
        package var others: [String] = []
        /// What was probably meant.
        package var suggestion: String?
        /// Why, where the template says so.
        package var reason: String?
        /// A length or a line number.
        package var number: Int?
        /// A policy by which the value can be generated.
        package var generation: GenerationPolicy?
        /// What different readers make of the value.
        package var readings: [Reading] = []

        package init(
            expected: String? = nil, others: [String] = [], suggestion: String? = nil, reason: String? = nil,
            number: Int? = nil, generation: GenerationPolicy? = nil, readings: [Reading] = []
        ) {
            self.expected = expected
            self.others = others
            self.suggestion = suggestion
            self.reason = reason
            self.number = number
            self.generation = generation
            self.readings = readings
        }
    }

    /// Readers that agree with each other.
    package struct Reading: Sendable, Hashable {
        /// Such as `compose` and `node`.
        package var readers: [String]
        /// The value, or what may be said of it where it is a secret.
        package var text: String
    }
}

extension [Finding] {
    /// Whether the stack must not start with these.
    package var hasErrors: Bool { contains { $0.severity == .error } }

    /// In the order of their places; what has none comes first.
    package func inOrder() -> [Finding] {
        let start = SourcePosition(line: 0, column: 0)
        return enumerated().sorted {
            ($0.element.position ?? start, $0.offset) < ($1.element.position ?? start, $1.offset)
        }.map(\.element)
    }
}
