import Testing

@testable import careinit

@Suite struct RuntimeKindTests {
    @Test func `a stack that was never started runs natively, and may take another runtime`() throws {
        let folder = TemporaryFolder()
        let project = Project(environmentFile: "\(folder.path)/.env", stateDirectory: "\(folder.path)/s")
        #expect(project.runtimeKind == .native)
        #expect(try RuntimeChange.require(nil, of: project) == .native)
        #expect(try RuntimeChange.require(.compose, of: project) == .compose)
    }

    @Test func `with data under one runtime the other is refused`() throws {
        let folder = TemporaryFolder()
        let project = Project(environmentFile: "\(folder.path)/.env", stateDirectory: "\(folder.path)/s")
        for path in ["s", "s/data", "s/data/pg-1", "s/data/pg-1/pgdata"] {
            try FileSystem.makeFolder("\(folder.path)/\(path)", mode: 0o700)
        }
        var tree = FileTree()
        try tree.create("\(folder.path)/s/data/pg-1/pgdata/PG_VERSION", Array("17\n".utf8), mode: 0o600)
        #expect(try RuntimeChange.require(.native, of: project) == .native)
        let failure = #expect(throws: CommandFailure.self) { try RuntimeChange.require(.compose, of: project) }
        #expect(failure?.exitCode == .configuration)
    }

    @Test func `the runtime is remembered in the plan, and natively the plan is as it was`() throws {
        let folder = TemporaryFolder()
        let project = Project(environmentFile: "\(folder.path)/.env", stateDirectory: "\(folder.path)/s")
        for path in ["s", "s/run"] { try FileSystem.makeFolder("\(folder.path)/\(path)", mode: 0o700) }
        var plan = AppliedPlan(generation: 1, entries: [], omissions: [], origin: "https://localhost")
        try plan.save(project)
        #expect(FileSystem.readText("\(project.runFolder)/plan.json")?.contains("runtime") == false)
        plan.runtime = .compose
        try plan.save(project)
        #expect(project.runtimeKind == .compose)
    }
}
