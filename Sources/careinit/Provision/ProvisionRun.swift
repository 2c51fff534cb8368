import EnvSchema

/// One run of `careinit provision`: answers in, plan, report, files out.
struct ProvisionRun {
    let provisioner: Provisioner
    let given: GivenAnswers
    let sheet: AnswerSheet
    let console: Console
    var isDryRun = false
    var isJSON = false

    /// Everything that is wrong with the answers, at once.
    var findings: [Finding] { given.findings + sheet.findings() }

    /// - Returns: 65 when answers are missing or wrong, 1 when the certificate is not usable yet.
    func callAsFunction() throws -> ExitCode {
        let findings = findings
        if findings.hasErrors { return try refuse(findings) }
        try provisioner.requireSecretsOfData(sheet)
        let plan = try provisioner.plan(sheet)
        if !isDryRun { try provisioner.carryOut(plan, for: sheet) }
        if isJSON {
            console.print(try report(status: "ok", plan: plan, findings: findings).json())
        } else {
            describe(plan, findings: findings)
        }
        guard case .unusable(let settings, let problems) = plan.certificate else { return .success }
        console.report(
            CommandFailure(
                .failure, "the certificate is not usable yet", place: settings.certificatePath,
                why: problems.joined(separator: "\n  "), fix: "mend it, then run careinit up"))
        return .failure
    }

    /// Read before anything is written: the run itself makes the template that of the file.
    private var upgrade: TemplateUpgrade { provisioner.upgrade(of: sheet.inputs.existing) }

    /// Writing secrets into a file that git tracks is worth a word, and `up` will refuse it.
    private var trackedByGit: [Finding] {
        GitIndex.tracks(provisioner.project.environmentFile) == .tracked ? [Finding(.trackedByGit)] : []
    }

    // MARK: Refusing

    private func refuse(_ findings: [Finding]) throws -> ExitCode {
        if isJSON {
            console.print(try report(status: "invalid", plan: nil, findings: findings).json())
            return .invalidData
        }
        let errors = findings.filter { $0.severity == .error }
        UpgradeWording.lines(for: upgrade).forEach(console.note)
        for finding in findings { console.note(text(finding)) }
        console.report(
            CommandFailure(
                .invalidData,
                errors.count == 1
                    ? "1 answer is missing or wrong" : "\(errors.count) answers are missing or wrong",
                why: "nothing was written",
                fix: "give them with --answers FILE or --set KEY=VALUE, or let careinit wizard ask for them"))
        return .invalidData
    }

    private func text(_ finding: Finding) -> String {
        let fix = finding.fix(in: provisioner.project.environmentFile)
        return "\(place(of: finding).map { "\($0): " } ?? "")\(finding.severity.rawValue): \(finding.reason)"
            + " [\(finding.code.rawValue)]\n    Fix: \(fix)"
    }

    /// Where the operator finds the answer that a finding is about.
    private func place(of finding: Finding) -> String? {
        guard let name = finding.variable else {
            return finding.position.map { "line \($0.line), column \($0.column)" }
        }
        if sheet.inputs.set[name] != nil { return "--set" }
        if let place = given.places[name] { return place }
        if let position = sheet.inputs.existing?.assignment(of: name)?.valuePosition {
            return "\(provisioner.project.environmentFile):\(position.line):\(position.column)"
        }
        return provisioner.schema[name].map { "section \($0.section)" }
    }

    // MARK: Reporting

    private func describe(_ plan: ProvisionPlan, findings: [Finding]) {
        UpgradeWording.lines(for: plan.upgrade).forEach(console.note)
        for finding in findings + trackedByGit { console.note(text(finding)) }
        for (name, port) in sheet.inputs.freePorts.sorted(by: { $0.key < $1.key })
        where sheet.answer(for: provisioner.schema[name])?.source == .freePort {
            console.note("Port \(port.held) is taken on this machine: \(name)=\(port.port) instead.")
        }
        if isDryRun { printValues() }
        if isDryRun || !console.isQuiet {
            ProvisionWording.lines(for: plan, of: sheet, run: self).forEach(console.print)
        }
    }

    private func printValues() {
        for section in sheet.reviewSections() {
            console.print("# \(section.title)")
            section.lines.forEach { console.print("\($0.name)=\($0.value)") }
            console.print("")
        }
    }

    private func report(status: String, plan: ProvisionPlan?, findings: [Finding]) -> ProvisionReport {
        let taken = sheet.inputs.freePorts.filter { name, _ in
            sheet.answer(for: provisioner.schema[name])?.source == .freePort
        }
        return ProvisionReport(
            status: status, environmentFile: provisioner.project.environmentFile,
            profile: sheet.inputs.profile.rawValue, dryRun: isDryRun, writes: plan?.writes ?? false,
            backup: plan?.backup, changed: plan?.changed ?? [], variables: variables(),
            ports: taken.sorted { $0.key < $1.key }.map {
                .init(variable: $0.key, held: $0.value.held, chosen: $0.value.port)
            },
            certificate: plan.flatMap { .init($0.certificate) },
            upgrade: .init(plan?.upgrade ?? upgrade),
            findings: findings.map { finding in
                .init(
                    code: finding.code.rawValue, severity: finding.severity.rawValue, variable: finding.variable,
                    place: place(of: finding), reason: finding.reason,
                    fix: finding.fix(in: provisioner.project.environmentFile))
            })
    }

    private func variables() -> [ProvisionReport.VariableEntry] {
        sheet.schema.variables.map { variable in
            let answer = sheet.answer(for: variable)
            return .init(
                name: variable.name, section: variable.section,
                value: answer.map { sheet.masked($0.value, of: variable) },
                isSecret: variable.isSecret, source: answer?.source.rawValue)
        }
    }
}

extension AnswerSheet {
    func answer(for variable: Variable?) -> Proposal? { variable.flatMap { answer(for: $0) } }
}
