import EnvSchema

/// What a run did, or would do, in plain English.
enum ProvisionWording {
    static func lines(for plan: ProvisionPlan, of sheet: AnswerSheet, run: ProvisionRun) -> [String] {
        let path = run.provisioner.project.environmentFile
        return environment(plan, of: sheet, path: path, isDryRun: run.isDryRun)
            + certificate(plan.certificate, isDryRun: run.isDryRun)
    }

    static func environment(_ plan: ProvisionPlan, of sheet: AnswerSheet, path: String, isDryRun: Bool) -> [String]
    {
        guard plan.writes else { return ["\(path) is up to date."] }
        let generated = plan.changed.filter { sheet.answer(for: sheet.schema[$0])?.source == .generated }
        var what = "\(count(plan.changed.count, "variable"))"
        if !generated.isEmpty { what += ", \(count(generated.count, "secret")) generated" }
        var lines = ["\(isDryRun ? "Would write" : "Wrote") \(path): \(what)."]
        if let backup = plan.backup {
            lines.append("\(isDryRun ? "Would keep" : "Kept") the present file as \(backup).")
        }
        return lines
    }

    static func certificate(_ action: CertificateAction, isDryRun: Bool) -> [String] {
        switch action {
        case .keep(let settings): ["The certificate \(settings.certificatePath) is good for \(settings.host)."]
        case .make(let settings, let reason):
            [
                "\(isDryRun ? "Would make" : "Made") a self-signed certificate for"
                    + " \(settings.names.joined(separator: ", ")): \(settings.certificatePath) (\(reason))."
            ]
        case .unusable, .unknown: []
        }
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
