import EnvSchema
import Secrets

/// Writes the files of a stack into a folder of the operator's own. Whoever runs that by hand can do it again over the same
/// folder: each file is replaced in one moment, and the file that names them all comes last.
struct Rendering {
    let project: Project
    let folder: String
    let kind: RuntimeKind

    /// What starts the stack by hand.
    private var main: String { kind == .compose ? ComposeFile.name : "supervisord.conf" }

    func run(_ configuration: Configuration) throws(CommandFailure) -> StackPlan {
        do throws(SystemError) { try FileSystem.makeFolder(folder, mode: 0o711) } catch {
            throw FileTree.failure(error)
        }
        guard let place = FileSystem.realPath(folder) else {
            throw FileTree.failure(.last("open", folder))
        }
        try requireOwn(place)
        let (plan, planner) = try StackPreparation.render(
            configuration: configuration, kind: kind, project: project, output: kind == .compose ? "." : place)
        try write(plan.files, to: place)
        if kind == .compose { try makeChallenges(place) }
        let contents = try mainFile(plan, planner)
        do throws(FileError) { try AtomicFile.write(contents, to: "\(place)/\(main)", mode: 0o644) } catch {
            throw Self.failure(error)
        }
        return plan
    }

    func advice(_ plan: StackPlan) -> [String] {
        var lines = ["\(plan.files.count + 1) files are in \(folder); nothing was started."]
        if kind == .compose {
            lines += [
                "Make the images:  careinit images build",
                "Start it by hand: docker compose -f \(ShellWord.quoted("\(folder)/\(main)")) up -d",
            ]
        }
        return lines
    }

    /// A folder with anything else in it is left alone.
    private func requireOwn(_ place: String) throws(CommandFailure) {
        let names = FileSystem.names(in: place)
        guard !names.isEmpty, !names.contains(main) else { return }
        throw CommandFailure(
            .cannotCreate, "The folder holds something else", place: place,
            why: "there is no \(main) in it, so that careinit did not write what is there",
            fix: "name an empty folder, or one that does not exist")
    }

    private func write(_ files: [PlannedFile], to place: String) throws(CommandFailure) {
        var tree = FileTree()
        for file in files {
            let path = "\(place)/\(file.path)"
            for above in path.ancestors.reversed() where above.hasPrefix(place + "/") {
                try tree.makeFolder(PlannedFolder(path: above, mode: 0o700, owner: file.owner))
            }
            do throws(FileError) { try AtomicFile.write(file.contents, to: path, mode: file.mode) } catch {
                throw Self.failure(error)
            }
            do throws(SystemError) { try tree.set(path, mode: file.mode, owner: file.owner) } catch {
                throw FileTree.failure(error)
            }
        }
    }

    /// What nginx serves for the certificate's authority.
    private func makeChallenges(_ place: String) throws(CommandFailure) {
        var tree = FileTree()
        try tree.makeFolder(PlannedFolder(path: "\(place)/acme", mode: 0o755, owner: nil))
    }

    private func mainFile(_ plan: StackPlan, _ planner: StackPlanner) throws(CommandFailure) -> [UInt8] {
        do throws(TemplateFault) {
            if kind == .native {
                return try SupervisorConfiguration(
                    project: project, isRoot: planner.host.isRoot, templates: planner.templates
                ).render(plan.services)
            }
            var file = ComposeFile(project: project, templates: planner.templates, isByHand: true)
            file.marks = marks(plan, salt: planner.secrets.salt)
            return try file.render(plan.services)
        } catch { throw error.failure }
    }

    /// Of the files of each service that is recreated for others. Salted, since a mark stands where all may read it, and a
    /// password may be short.
    private func marks(_ plan: StackPlan, salt: String) -> [String: String] {
        var marks: [String: String] = [:]
        for service in plan.services {
            var bytes = Array(salt.utf8)
            for file in plan.files.sorted(by: { $0.path < $1.path }) where file.path.hasPrefix("\(service.name)/")
            {
                bytes += Array("\n\(file.path)\n".utf8) + file.contents
            }
            marks[service.name] = String(Digest.sha256Hex(bytes).prefix(16))
        }
        return marks
    }

    private static func failure(_ error: FileError) -> CommandFailure {
        CommandFailure(.cannotCreate, "A file cannot be written", place: error.path, why: error.reason)
    }
}
