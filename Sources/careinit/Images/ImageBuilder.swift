/// Builds the images that are not there, one after the other.
struct ImageBuilder {
    let catalog: ImageCatalog
    /// What the parts stand on; Debian 13.
    var base = "debian:trixie-slim"
    /// What carenotes stands on; the release that it was built on.
    var carenotesBase: String
    /// Docker's network for the build, such as `host`; nil: Docker's default.
    var network: String?
    /// Whether what is there is built again, with today's packages.
    var rebuilds = false
    let console: Console
    let signals: TerminationSignals

    private static let patience: Duration = .seconds(1800)

    /// - Throws: exit code 69 with the end of what Docker said.
    func run() throws(CommandFailure) {
        try Docker.require()
        for part in StackImage.parts { try make(part, on: base) }
        try make(catalog.carenotesBase, on: carenotesBase)
        try makeCarenotes()
    }

    private func make(_ part: StackImage, on base: String) throws(CommandFailure) {
        let arguments = [
            "--build-arg", "BASE=\(base)", "--build-arg", "PACKAGES=\(part.packages.joined(separator: " "))",
            "--build-arg", "USER_ID=\(part.user.containerIdentifier)", "--label", "careinit.base=\(base)",
        ]
        try build(
            catalog.reference(part), arguments + (rebuilds ? ["--no-cache"] : []),
            files: [("Dockerfile", catalog.partDockerfile)])
    }

    private func makeCarenotes() throws(CommandFailure) {
        let program = catalog.carenotes.files.map { ("program/\($0.name)", $0.contents) }
        try build(
            catalog.carenotesReference, ["--build-arg", "BASE=\(catalog.reference(catalog.carenotesBase))"],
            files: [("Dockerfile", catalog.carenotesDockerfile)] + program)
    }

    private func build(
        _ reference: String, _ arguments: [String], files: [(path: String, contents: [UInt8])]
    ) throws(CommandFailure) {
        if !rebuilds, ImageStore.identifier(of: reference) != nil {
            say("  \(reference)  is there")
            return
        }
        let began = ContinuousClock.now
        let context = try BuildContext(files)
        defer { context.remove() }
        let access = network.map { ["--network", $0] } ?? []
        try Docker.run(
            ["build", "--tag", reference] + access + arguments + [context.folder], timeout: Self.patience,
            signals: signals, or: "The image \(reference) cannot be built")
        say("  \(reference)  built in \((ContinuousClock.now - began).tenths) s")
    }

    private func say(_ line: String) { if !console.isQuiet { console.note(line) } }
}

/// What Docker has.
enum ImageStore {
    /// What Docker calls the contents of an image; nil where it is not there.
    static func identifier(of reference: String) -> String? {
        let run = Docker.subprocess(["image", "inspect", "--format", "{{.Id}}", reference])
        guard let output = try? run.run(), output.succeeded else { return nil }
        return output.text.split(separator: "\n").first.map(String.init)
    }
}
