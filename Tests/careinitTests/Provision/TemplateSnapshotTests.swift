import EnvSchema
import TestSupport
import Testing

@testable import careinit

@Suite struct TemplateSnapshotTests {
    private let folder = TemporaryFolder()
    private var project: Project {
        Project(environmentFile: "\(folder.path)/.env", stateDirectory: "\(folder.path)/.careinit")
    }

    @Test func `what is kept reads back, for its owner only`() throws {
        #expect(TemplateSnapshot.schema(project) == nil)
        let template = EnvDocument(parsing: Array("# @type=port\nA=1\n".utf8))
        try TemplateSnapshot.keep(template, for: project)
        #expect(TemplateSnapshot.schema(project)?.variables.map(\.name) == ["A"])
        let status = try #require(FileSystem.status(project.templateSnapshot))
        #expect(status.st_mode & 0o777 == 0o600)
        try TemplateSnapshot.keep(template, for: project)
        #expect(FileSystem.status(project.templateSnapshot)?.st_ino == status.st_ino)
    }

    @Test func `what is no template any more counts as none, whatever is in it`() throws {
        try WizardFolder.prepare(project)
        var generator = SeededGenerator(seed: FuzzSeed.value &+ 4)
        for text in ["# @type=nonsense(\nA=1\n", "\0", ""] {
            try OutputFile.write(Array(text.utf8), to: project.templateSnapshot)
            #expect(TemplateSnapshot.schema(project)?.variables.isEmpty ?? true)
        }
        for _ in 0..<200 {
            try OutputFile.write(generator.bytes(upTo: 300), to: project.templateSnapshot)
            _ = TemplateSnapshot.schema(project)
        }
    }
}
