private import Synchronization

/// The settings of a checked `.env` file, with the template's defaults where it is silent.
package final class Configuration: Sendable {
    package let schema: Schema
    /// What was found that does not keep the stack from starting.
    package let warnings: [Finding]
    private let values: [String: String]
    private let read = Mutex<Set<String>>([])

    /// Throws all findings when one of them is an error.
    package init(document: EnvDocument, schema: Schema) throws(ConfigurationError) {
        let findings = Checker(schema: schema).findings(in: document)
        guard !findings.hasErrors else { throw ConfigurationError(code: .findings, findings: findings) }
        let resolved = Values(document, schema)
        let pairs = schema.variables.compactMap { variable in resolved[variable.name].map { (variable.name, $0) } }
        values = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        warnings = findings
        self.schema = schema
    }

    /// The names that were asked for: a test holds them against the template.
    package var namesRead: Set<String> { read.withLock { $0 } }

    /// The value; nil where it is empty.
    package func optional(_ name: String) throws(ConfigurationError) -> String? {
        guard schema[name] != nil else { throw ConfigurationError(code: .unknownName, variable: name) }
        read.withLock { _ = $0.insert(name) }
        return values[name]
    }

    /// The value of a required variable.
    package func string(_ name: String) throws(ConfigurationError) -> String {
        guard let value = try optional(name) else { throw ConfigurationError(code: .missing, variable: name) }
        return value
    }

    package func integer(_ name: String) throws(ConfigurationError) -> Int {
        try convert(name, NumberSyntax.integer)
    }

    package func boolean(_ name: String) throws(ConfigurationError) -> Bool {
        try convert(name, BooleanSyntax.parse)
    }

    package func port(_ name: String) throws(ConfigurationError) -> UInt16 {
        try convert(name) { UInt16($0) }
    }

    /// A value of type duration, such as `15m`.
    package func duration(_ name: String) throws(ConfigurationError) -> Duration {
        try convert(name, DurationSyntax.parse)
    }

    /// A number of milliseconds.
    package func milliseconds(_ name: String) throws(ConfigurationError) -> Duration {
        .milliseconds(try integer(name))
    }

    private func convert<Value>(
        _ name: String, _ convert: (String) -> Value?
    ) throws(ConfigurationError) -> Value {
        guard let value = convert(try string(name)) else {
            throw ConfigurationError(code: .wrongType, variable: name)
        }
        return value
    }
}

/// Why there is no configuration, or no such value in it.
package struct ConfigurationError: Error, Equatable {
    package var code: Code
    /// The variable that was asked for.
    package var variable: String?
    /// All findings, errors and warnings; empty for errors of the program that asks.
    package var findings: [Finding]

    package enum Code: String, Sendable {
        case findings
        /// The program asks for a variable that the schema does not have.
        case unknownName = "unknown-name"
        /// The program asks for a type that the variable does not have.
        case wrongType = "wrong-type"
        /// The program takes an optional variable for required.
        case missing
    }

    package init(code: Code, variable: String? = nil, findings: [Finding] = []) {
        self.code = code
        self.variable = variable
        self.findings = findings
    }
}
