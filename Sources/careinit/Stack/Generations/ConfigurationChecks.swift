/// Lets each service's own checker read the rendered files, before anything starts with them.
struct ConfigurationChecks {
    var plan: StackPlan
    var generationFolder: String

    /// - Throws: One failure for everything that was refused.
    func run() throws(CommandFailure) {
        var refusals: [(service: String, file: String, reason: String)] = []
        for check in plan.checks {
            if let reason = refusal(check) { refusals.append((check.service, check.file, reason)) }
        }
        for (file, reason) in StructureCheck.refusals(in: plan.files) {
            refusals.append((file.prefix { $0 != "/" }.description, file, reason))
        }
        guard let first = refusals.first else { return }
        let services = refusals.map(\.service).joined(separator: ", ")
        throw CommandFailure(
            .configuration, "The rendered configuration was refused: \(services)",
            place: "\(generationFolder)/\(first.file)",
            why: refusals.map { "\($0.service): \($0.reason)" }.joined(separator: "\n"),
            fix: "correct the value that the message names in .env; nothing that runs was touched")
    }

    /// What the checker said; nil where it was content.
    private func refusal(_ check: ConfigurationCheck) -> String? {
        let service = plan.services.first { $0.name == check.service }
        // nginx' checker opens the ports that nginx will listen on.
        let program = Subprocess(
            arguments: check.command, directory: "/", user: service?.user.flatMap(UserAccount.named),
            capability: service?.capability, timeout: .seconds(20))
        do {
            let output = try program.run()
            if output.succeeded { return nil }
            return lastLines(output.errorText + output.text)
        } catch Subprocess.Failure.notFound(let name) {
            return "\(name) cannot be found"
        } catch {
            return "\(check.command[0]) did not run: \(error)"
        }
    }

    private func lastLines(_ text: String) -> String {
        let lines = text.split(separator: "\n").suffix(5)
        return lines.isEmpty ? "its checker refused it without a word" : lines.joined(separator: "\n")
    }
}
