import EnvSchema

/// The values that proofs are made with, wherever they come from.
struct ProofSettings: Sendable {
    private var values: [String: String]

    private static let names: Set<String> = Set(Proof.Kind.allCases.flatMap(\.variables)).union([
        "SMTP_FROM_NAME", "APP_NAME", "ALERT_EMAIL_CRITICAL",
    ])

    /// - Parameter value: The value of a variable, nil where it has none.
    init(_ value: (String) -> String?) {
        let pairs = Self.names.compactMap { name in value(name).map { (name, $0) } }
        values = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }

    init(_ sheet: AnswerSheet) { self.init { sheet.value(of: $0) } }

    /// Empty where there is none.
    subscript(name: String) -> String { values[name] ?? "" }

    func port(_ name: String) -> UInt16? { UInt16(self[name]).flatMap { $0 > 0 ? $0 : nil } }
    func duration(_ name: String) -> Duration? { DurationSyntax.parse(self[name]) }
    func boolean(_ name: String) -> Bool? { BooleanSyntax.parse(self[name]) }

    /// Host and port of APP_URL; nil where it is no address.
    var origin: (host: String, port: UInt16)? {
        guard let host = CertificateSettings.host(of: self["APP_URL"]),
            let address = ServerAddress(self["APP_URL"])
        else { return nil }
        return (host, address.port)
    }
}
