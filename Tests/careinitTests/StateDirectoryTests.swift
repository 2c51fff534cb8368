import Testing

@testable import careinit

@Suite struct StateDirectoryTests {
    private func surroundings(
        isRoot: Bool, stateHome: String? = nil, closed: Set<String> = []
    ) -> StateDirectory.Surroundings {
        StateDirectory.Surroundings(
            isRoot: isRoot, home: "/home/ann", stateHome: stateHome, isTraversable: { !closed.contains($0) })
    }

    @Test func `the state lies beside the .env`() {
        let project = StateDirectory.resolve(realPath: "/srv/notes/.env", surroundings: surroundings(isRoot: true))
        #expect(project == Project(environmentFile: "/srv/notes/.env", stateDirectory: "/srv/notes/.careinit"))
    }

    @Test func `root's state moves where a folder above lets nobody through`() {
        let closed = surroundings(isRoot: true, closed: ["/root"])
        let project = StateDirectory.resolve(realPath: "/root/notes/.env", surroundings: closed)
        // printf %s /root/notes/.env | sha256sum
        #expect(project.stateDirectory == "/var/lib/careinit/ff723b7fb819")
    }

    @Test func `a closed folder is no hindrance to its own user`() {
        let closed = surroundings(isRoot: false, closed: ["/home/ann"])
        let project = StateDirectory.resolve(realPath: "/home/ann/notes/.env", surroundings: closed)
        #expect(project.stateDirectory == "/home/ann/notes/.careinit")
    }

    @Test(arguments: [
        (nil, "/home/ann/.local/state/careinit/"), ("/state", "/state/careinit/"), ("rel", "/home/ann/.l"),
    ])
    func `a path too long for sockets moves the state`(stateHome: String?, prefix: String) {
        let path = "/srv/" + String(repeating: "n", count: 70) + "/.env"
        let project = StateDirectory.resolve(
            realPath: path, surroundings: surroundings(isRoot: false, stateHome: stateHome))
        #expect(project.stateDirectory.hasPrefix(prefix))
    }

    @Test func `links are followed, a .env that does not exist yet is fine`() throws {
        let folder = TemporaryFolder()
        try FileSystem.makeFolder("\(folder.path)/real", mode: 0o755)
        _ = try Subprocess(arguments: ["ln", "-s", "real", "\(folder.path)/link"]).run()
        let project = try StateDirectory.resolve(environmentFile: "\(folder.path)/link/.env", isRoot: false)
        #expect(project.environmentFile == "\(folder.path)/real/.env")
    }

    @Test func `a folder that does not exist is named`() {
        let failure = #expect(throws: CommandFailure.self) {
            try StateDirectory.resolve(environmentFile: "/no/such/folder/.env")
        }
        #expect(failure?.exitCode == .missingInput)
        #expect(failure?.place == "/no/such/folder")
    }

    @Test func `ancestors are listed from the nearest to the root`() {
        #expect("/a/b/c".ancestors == ["/a/b", "/a", "/"])
        #expect("/a".ancestors == ["/"])
    }
}
