import EnvSchema

/// What a run will do: `--dry-run` prints it, a run carries it out.
struct ProvisionPlan: Sendable {
    /// The `.env` as it will be.
    var document: EnvDocument
    /// Whether the file on disk is another one, or open to others.
    var writes: Bool
    /// The variables whose values are new or different.
    var changed: [String]
    /// Where the present file is kept; nil where there is none or its contents stay.
    var backup: String?
    /// What the template says otherwise than the one that the present file was written by.
    var upgrade = TemplateUpgrade()
    var certificate: CertificateAction
}
