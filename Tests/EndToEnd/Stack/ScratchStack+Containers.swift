import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// What differs between the runtimes, for the tests that run on both.
extension ScratchStack {
    /// Where each service listens first, such as `127.0.0.1:3001`, by its status.
    func listeners() throws -> [String: String] {
        let status = try JSON.object(try careinit("status", "--json").output)
        let services = status["services"] as? [[String: Any]] ?? []
        let pairs = services.map { ("\($0["name"] ?? "")", ($0["listeners"] as? [String])?.first ?? "") }
        return Dictionary(pairs) { first, _ in first }
    }

    func listener(of service: String) throws -> String {
        try #require(try listeners()[service], "\(service) listens nowhere")
    }

    /// The processes of a service whose command lines hold those words, oldest first. Docker's own is not one of them.
    func processes(of service: String, _ words: [String]) throws -> [pid_t] {
        let own: [ProcessEntry]
        if StackRuntime.isNative {
            own = ProcessEntry.all()
        } else {
            let parent = try containerProcess(service)
            own = parent == 0 ? [] : ProcessEntry.descendants(of: parent)
        }
        let words = words + (StackRuntime.isNative ? [state] : [])
        let found = own.filter { entry in words.allSatisfy(entry.commandLine.contains) }
        return found.map(\.identifier).sorted()
    }

    // MARK: - Containers

    /// What Docker calls everything of this stack, by the label that Compose gives it.
    var composeName: String {
        let file = Files.text("\(state)/run/docker-compose.ha.yml")
        let line = file.split(separator: "\n").first { $0.hasPrefix("name: ") } ?? ""
        return String(line.dropFirst(6))
    }

    func container(_ service: String) -> String { "\(composeName)-\(service)-1" }

    /// The process that is the container's first; 0 while it does not run.
    func containerProcess(_ service: String) throws -> pid_t {
        let outcome = try docker("inspect", "--format", "{{.State.Pid}}", container(service))
        return pid_t(outcome.output.filter(\.isNumber)) ?? 0
    }

    @discardableResult
    func docker(_ arguments: String...) throws -> Outcome {
        try run(["docker"] + arguments, in: folder.path, within: .seconds(120))
    }

    /// Every container, network or volume of the stack.
    func dockerNames(_ kind: String) throws -> [String] {
        let filter = "label=com.docker.compose.project=\(composeName)"
        let list = kind == "container" ? ["ps", "--all"] : [kind, "ls"]
        let outcome = try run(["docker"] + list + ["--quiet", "--filter", filter], in: "/")
        return outcome.output.split(separator: "\n").map(String.init)
    }

    /// Where Docker keeps the stack's data on this machine.
    func volumeFolders() throws -> [String] {
        let names = try dockerNames("volume")
        let format = ["docker", "volume", "inspect", "--format", "{{.Mountpoint}}"]
        return names.isEmpty
            ? [] : try run(format + names, in: "/").output.split(separator: "\n").map(String.init)
    }

    /// What Docker tells of the stack's containers, and what they have said.
    func containerTexts() throws -> [(place: String, text: String)] {
        try dockerNames("container").flatMap { name in
            try [["inspect", name], ["logs", name], ["top", name]].map { words in
                ("docker \(words.joined(separator: " "))", try run(["docker"] + words, in: "/").text)
            }
        }
    }

    /// Makes the images where they are not there yet.
    static let images: Result<Void, HarnessError> = {
        let bases = ["--base", "careinit-base:trixie", "--carenotes-base", "careinit-base:\(release)"]
        let build = [Programs.careinit, "images", "build", "--network", "host"] + bases
        guard let outcome = try? run(build, in: "/", within: .seconds(1200)), outcome.code == 0 else {
            return .failure(HarnessError("images build failed: scripts/engine makes the bases, and starts Docker"))
        }
        return .success(())
    }()

    /// The release of Debian that these tests run on.
    private static var release: String {
        let lines = Files.text("/etc/os-release").split(separator: "\n")
        return lines.first { $0.hasPrefix("VERSION_CODENAME=") }.map { String($0.dropFirst(17)) } ?? ""
    }
}
