import Testing

@testable import careinit

@Suite("What has to change in a running stack")
struct RolloutChangesTests {
    private func stack(_ body: (StackFixture) throws -> Void) throws {
        try withTemporaryFolder { folder in try body(try StackFixture(state: "\(folder)/s")) }
    }

    private func applied(_ fixture: StackFixture, generation: Int) throws -> AppliedPlan {
        let fingerprints = try fixture.plan(generation: 0).fingerprints()
        let plan = try fixture.plan(generation: generation)
        return AppliedPlan(
            generation: generation,
            entries: plan.services.map {
                .init(service: $0, generation: generation, fingerprint: fingerprints[$0.name] ?? "")
            }, omissions: plan.omissions, origin: "https://localhost")
    }

    @Test("another generation with the same content touches nothing")
    func sameContent() throws {
        try stack { fixture in
            let changes = RolloutChanges(
                from: try applied(fixture, generation: 1), to: try fixture.plan(generation: 2).services,
                fingerprints: try fixture.plan(generation: 0).fingerprints())
            #expect(changes.isEmpty)
        }
    }

    @Test("a new mail server touches Alertmanager alone, and a new certificate makes nginx read its files again")
    func narrow() throws {
        try stack { fixture in
            var other = fixture
            other.settings.mail = StackSettings.production().mail
            other.certificate.chainPEM += Array("\n".utf8)
            let changes = RolloutChanges(
                from: try applied(fixture, generation: 1), to: try other.plan(generation: 2).services,
                fingerprints: try other.plan(generation: 0).fingerprints())
            #expect(changes.restarted == ["alertmanager"])
            #expect(changes.reloaded == ["nginx"])
            #expect(changes.added.isEmpty && changes.removed.isEmpty)
        }
    }

    @Test("nginx starts anew where it comes to need the right to its port, and not for another port")
    func capability() throws {
        try stack { fixture in
            var before = fixture
            before.host.isRoot = true
            for (port, restarts) in [(UInt16(80), true), (UInt16(8080), false)] {
                var after = before
                after.settings.web.httpPort = port
                let changes = RolloutChanges(
                    from: try applied(before, generation: 1), to: try after.plan(generation: 2).services,
                    fingerprints: try after.plan(generation: 0).fingerprints())
                #expect(changes.restarted == (restarts ? ["nginx"] : []))
                #expect(changes.reloaded == (restarts ? [] : ["nginx"]))
            }
        }
    }

    @Test("what is written down is read back")
    func codable() throws {
        try stack { fixture in
            let applied = try applied(fixture, generation: 3)
            var tree = FileTree()
            try tree.makeFolder(PlannedFolder(path: fixture.project.runFolder, mode: 0o700, owner: nil))
            try applied.save(fixture.project)
            #expect(AppliedPlan.load(fixture.project) == applied)
            let text = FileSystem.readText("\(fixture.project.runFolder)/plan.json") ?? ""
            #expect(!text.contains(StackFixture.password))
        }
    }
}
