import EnvSchema
import Templates

/// Where templates come from. The only place that looks at `$CAREINIT_TEMPLATES`.
enum TemplateSource {
    /// The folder that takes the place of the embedded templates; nil for the embedded ones.
    static var folder: String? {
        Console.variable("CAREINIT_TEMPLATES").flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The `.env` template: the file that was named, or else that of the folder, or else the embedded one.
    static func environment(file: String? = nil, folder: String? = folder) throws(CommandFailure) -> Environment {
        if let file { return try environment(bytes: try SettingsFile.read(file).bytes, name: file) }
        guard let folder else {
            return try environment(bytes: Templates.environment, name: ".env.production.template")
        }
        return try environment(inFolder: folder)
    }

    private static func environment(inFolder folder: String) throws(CommandFailure) -> Environment {
        let path = "\(folder)/.env.production.template"
        do {
            return try environment(bytes: try SettingsFile.read(path).bytes, name: path)
        } catch {
            var failure = error
            if failure.exitCode == .missingInput {
                failure.fix = "unset CAREINIT_TEMPLATES, or let it name a folder with that file"
            }
            throw failure
        }
    }

    private static func environment(bytes: [UInt8], name: String) throws(CommandFailure) -> Environment {
        let document = EnvDocument(parsing: bytes)
        do {
            return Environment(document: document, schema: try Schema(template: document))
        } catch {
            throw CommandFailure(template: name, error)
        }
    }

    struct Environment: Sendable {
        var document: EnvDocument
        var schema: Schema
    }
}

extension CommandFailure {
    /// All that is wrong with a template, each with its place.
    init(template name: String, _ error: TemplateError) {
        let lines = error.problems.map { problem in
            "\(name):\(problem.position.line):\(problem.position.column): \(problem.reason) [\(problem.code.rawValue)]"
        }
        self.init(
            .invalidData, "the template cannot be used", place: lines.joined(separator: "\n  "),
            fix: "correct the template, or unset CAREINIT_TEMPLATES to use the one that careinit brings along")
    }
}
