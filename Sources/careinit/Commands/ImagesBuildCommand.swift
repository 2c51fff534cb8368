import EnvSchema

/// `careinit images build`: makes the images that `--runtime compose` runs.
enum ImagesBuildCommand {
    static let command = Command(
        name: "images build",
        summary:
            "Build the images of the stack's containers from Debian's packages and the carenotes beside careinit.",
        options: [
            .init(
                name: "--base", value: "IMAGE",
                help: "A Debian 13 that the parts stand on (default: debian:trixie-slim)."),
            .init(
                name: "--carenotes-base", value: "IMAGE",
                help: "What carenotes stands on (default: the Debian that it was built on, as debian:NAME-slim)."),
            .init(name: "--network", value: "NETWORK", help: "Docker's network for the builds, such as host."),
            .init(name: "--rebuild", help: "Also build what is there again, with today's packages."),
        ],
        examples: [
            .init(
                line: "careinit images build",
                meaning: "Builds what is missing; then careinit up --runtime compose."),
            .init(
                line: "careinit images build --rebuild",
                meaning: "With Debian's updates of today; the next careinit up puts them to work, one by one."),
            .init(
                line: "careinit images build --base registry.example.org/debian:13",
                meaning: "On a base image of your own. Nothing else is pulled."),
        ],
        run: { try run($0) })

    static func run(_ invocation: Invocation) throws -> ExitCode {
        let carenotes = try CarenotesProgram.read()
        let catalog: ImageCatalog
        do throws(TemplateFault) {
            catalog = try ImageCatalog(
                carenotes: carenotes, templates: TemplateLibrary(folder: TemplateSource.folder))
        } catch { throw error.failure }
        var builder = ImageBuilder(
            catalog: catalog, carenotesBase: "debian:\(carenotes.release)-slim", console: invocation.console,
            signals: TerminationSignals())
        if let base = try image(invocation, "--base") { builder.base = base }
        if let base = try image(invocation, "--carenotes-base") { builder.carenotesBase = base }
        builder.network = invocation.value("--network")
        builder.rebuilds = invocation.has("--rebuild")
        try builder.run()
        return .success
    }

    /// - Throws: exit code 64 for what cannot be the name of an image.
    private static func image(_ invocation: Invocation, _ option: String) throws(CommandFailure) -> String? {
        guard let name = invocation.value(option) else { return nil }
        let allowed = name.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && !"\"'$\\`".utf8.contains(byte)
        }
        guard allowed, !name.isEmpty, !name.hasPrefix("-") else {
            throw CommandFailure(
                .usage, "\"\(PrintableText.make(name, width: 60))\" is no name of an image", place: option,
                fix: "\(option) debian:trixie-slim")
        }
        return name
    }
}
