import Certs
import EnvSchema

#if canImport(Glibc)
    import Glibc
#endif

/// What `check` says of the certificate that a `.env` leads to: whether it has expired, or should have been renewed.
///
/// Only of one that lies on this machine: a `.env` that is checked elsewhere says nothing of the files here.
struct CertificateFindings {
    var document: EnvDocument
    var template: TemplateSource.Environment
    /// Where relative paths of the `.env` start.
    var folder: String
    /// Seconds since 1970.
    var now: Int64

    /// No more is read of a certificate file, in bytes.
    private static let limit = 1 << 20

    var findings: [Finding] {
        guard let settings, let status = FileSystem.status(settings.certificatePath) else { return [] }
        guard status.st_mode & S_IFMT == S_IFREG else { return [unreadable(settings, "it is no file")] }
        guard let bytes = FileSystem.read(settings.certificatePath, limit: Self.limit) else {
            return [unreadable(settings, SystemError.last("open", settings.certificatePath).reason)]
        }
        guard let life = CertificateLifetime(certificatePEM: bytes) else {
            return [unreadable(settings, "\(settings.certificatePath) does not begin with a certificate in PEM")]
        }
        switch life.state(at: now) {
        case .expired: return [aged(.certificateExpired, life, settings)]
        case .due: return [aged(.certificateDue, life, settings)]
        case .good, .notYetValid: return []
        }
    }

    /// nil where the template knows of no certificate, or the `.env` does not say where it is.
    private var settings: CertificateSettings? {
        guard template.schema["TLS_MODE"] != nil else { return nil }
        var inputs = AnswerInputs()
        inputs.existing = document
        let sheet = AnswerSheet(schema: template.schema, template: template.document, inputs: inputs)
        return CertificateSettings(sheet, folder: folder)
    }

    private func aged(
        _ code: FindingCode, _ life: CertificateLifetime, _ settings: CertificateSettings
    ) -> Finding {
        finding(
            code, settings,
            .init(
                suggestion: CertificateRemedy.renewal(settings.mode),
                reason: CertificateRemedy.age(life, now: now)))
    }

    private func unreadable(_ settings: CertificateSettings, _ reason: String) -> Finding {
        finding(.certificateUnreadable, settings, .init(reason: reason))
    }

    /// At the variable that names the file; where the template's default does, at the one that says where it comes from.
    private func finding(
        _ code: FindingCode, _ settings: CertificateSettings, _ context: Finding.Context
    ) -> Finding {
        let variable = settings.mode == .letsencrypt ? "LETSENCRYPT_DIR" : "TLS_CERT_PATH"
        let assignment = document.assignment(of: variable) ?? document.assignment(of: "TLS_MODE")
        return Finding(code, variable: variable, at: assignment?.valuePosition, context: context)
    }
}
