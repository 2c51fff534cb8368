import EnvSchema

/// What `provision --json` prints: one document, secrets masked.
struct ProvisionReport: Encodable {
    var schema = 1
    var status: String
    var environmentFile: String
    var profile: String
    var dryRun: Bool
    /// Whether `.env` was written, or would be.
    var writes: Bool
    var backup: String?
    var changed: [String]
    var variables: [VariableEntry]
    var ports: [PortEntry]
    var certificate: CertificateEntry?
    /// Left out where the template is that of the present file.
    var upgrade: UpgradeEntry?
    var findings: [FindingEntry]

    struct VariableEntry: Encodable {
        var name: String
        var section: String
        var value: String?
        var isSecret: Bool
        var source: String?
    }

    struct PortEntry: Encodable {
        var variable: String
        var held: UInt16
        var chosen: UInt16
    }

    struct CertificateEntry: Encodable {
        /// `keep`, `make` or `unusable`.
        var action: String
        var certificatePath: String
        var keyPath: String
        var names: [String]
        var reasons: [String]
    }

    struct UpgradeEntry: Encodable {
        var new: [String]
        var changed: [ChangeEntry]
        var retired: [RetiredEntry]

        struct ChangeEntry: Encodable {
            var variable: String
            var differences: [String]
        }

        struct RetiredEntry: Encodable {
            var variable: String
            var replacement: String?
            var reason: String?
        }
    }

    struct FindingEntry: Encodable {
        var code: String
        var severity: String
        var variable: String?
        var place: String?
        var reason: String
        var fix: String
    }

    func json() throws -> String { try JSONText.encode(self) }
}

extension ProvisionReport.CertificateEntry {
    init?(_ action: CertificateAction) {
        switch action {
        case .keep(let settings): self.init("keep", settings, reasons: [])
        case .make(let settings, let reason): self.init("make", settings, reasons: [reason])
        case .unusable(let settings, let problems): self.init("unusable", settings, reasons: problems)
        case .unknown: return nil
        }
    }

    private init(_ action: String, _ settings: CertificateSettings, reasons: [String]) {
        self.init(
            action: action, certificatePath: settings.certificatePath, keyPath: settings.keyPath,
            names: settings.names, reasons: reasons)
    }
}

extension ProvisionReport.UpgradeEntry {
    /// nil where nothing has changed.
    init?(_ upgrade: TemplateUpgrade) {
        if upgrade.isEmpty { return nil }
        new = upgrade.new
        changed = upgrade.changed.map { .init(variable: $0.name, differences: $0.differences) }
        retired = upgrade.retired.map { .init(variable: $0.name, replacement: $0.replacement, reason: $0.reason) }
    }
}
