import Testing

@testable import Secrets

@Suite("A rotation, killed and taken up again")
struct RotationEngineTests {
    struct Killed: Error {}

    /// A server that knows logins, replicas that use one, settings that name one, and a clock.
    final class World: RotationWorld {
        var now: Int64 = 1_000
        var saved = RotationJournal()
        /// What the server takes, by secret.
        var valid: [String: Set<String>] = [:]
        /// What each replica uses, and what it accepts.
        var used: [String: String] = [:]
        var accepted: [String: Set<String>] = [:]
        var settings: [String: String] = [:]
        var values: [String: (old: String, new: String)] = [:]
        /// At which boundary the process ends; before and behind the step's work.
        var killAt: (number: Int, behind: Bool)?
        private var number = 0

        init(_ items: [RotationItem]) {
            for item in items {
                valid[item.name] = ["old"]
                (used[item.name], accepted[item.name], settings[item.name]) = ("old", ["old"], "old")
                values[item.name] = ("old", "new")
            }
        }

        func save(_ journal: RotationJournal) throws { saved = journal }

        func scrub(keeping names: Set<String>) throws { values = values.filter { names.contains($0.key) } }

        func reached(_ step: RotationStep, number: Int, of count: Int) throws {
            if let killAt, killAt.behind, number == killAt.number + 1 { throw Killed() }
            self.number = number
            if let killAt, !killAt.behind, number == killAt.number { throw Killed() }
        }

        private func target(_ item: RotationItem) throws -> String {
            let pair = try #require(values[item.name])
            return item.isReversed ? pair.old : pair.new
        }

        private func other(_ item: RotationItem) throws -> String {
            let pair = try #require(values[item.name])
            return item.isReversed ? pair.new : pair.old
        }

        func holds(_ step: RotationStep, in run: RotationRun) throws -> Bool {
            guard let item = run.items.first(where: { $0.name == step.secret }) else { return false }
            switch step {
            case .stage: return valid[item.name]?.contains(try target(item)) == true
            case .retire: return valid[item.name]?.contains(try other(item)) == false
            default: return false
            }
        }

        func perform(_ step: RotationStep, in run: RotationRun) throws {
            for item in run.items where step.secret == nil || step.secret == item.name {
                let (new, old) = (try target(item), try other(item))
                switch step {
                case .stage: valid[item.name]?.insert(new)
                case .prove: #expect(item.isAdmitted || valid[item.name]?.contains(new) == true)
                case .settle: settings[item.name] = new
                case .admit, .publish, .withdraw:
                    let setting = settings[item.name] ?? ""
                    accepted[item.name] = item.isRetired ? [setting] : [old, new]
                    if !item.isAdmitted { accepted[item.name] = [setting] }
                    used[item.name] = setting
                    if item.isAdmitted { valid[item.name] = accepted[item.name] }
                case .drain: #expect(used[item.name] == new)
                case .retire: valid[item.name]?.remove(old)
                }
            }
            try check()
        }

        /// What must be so at every moment, whatever is killed.
        func check() throws {
            for (name, value) in used {
                #expect(valid[name]?.contains(value) == true, "\(name): a replica uses what is not valid")
                let setting = try #require(settings[name])
                #expect(valid[name]?.contains(setting) == true, "\(name): the settings name what is not valid")
            }
        }
    }

    static let items = [
        RotationItem(
            name: "DB_PASSWORD", isStaged: true, isProved: true, isDrained: true, oldLogin: "a", newLogin: "a_b"),
        RotationItem(name: "REDIS_PASSWORD", isAdmitted: true, isProved: true, isDrained: true),
        RotationItem(name: "JWT_SECRET", isAdmitted: true, isProved: true, retirement: .after(seconds: 100)),
        RotationItem(name: "ENCRYPTION_KEY", isAdmitted: true, isDrained: true, retirement: .released),
    ]
    static let run = RotationRun(kind: .rotate, items: items, startedAt: 1_000)

    private func begin(_ world: World) -> RotationJournal {
        var journal = RotationJournal()
        journal.current = Self.run
        world.saved = journal
        return journal
    }

    @Test("its steps, in their phases")
    func steps() {
        #expect(
            Self.run.steps.map(\.text) == [
                "stage DB_PASSWORD", "admit", "prove DB_PASSWORD", "prove REDIS_PASSWORD", "prove JWT_SECRET",
                "settle",
                "publish", "drain DB_PASSWORD", "drain REDIS_PASSWORD", "drain ENCRYPTION_KEY",
                "retire DB_PASSWORD",
                "retire REDIS_PASSWORD", "withdraw",
            ])
        let phases = Self.run.steps.map(\.phase)
        let order = RotationStep.Phase.allCases
        #expect(
            phases.map { order.firstIndex(of: $0) ?? 0 } == phases.map { order.firstIndex(of: $0) ?? 0 }.sorted())
    }

    @Test("to its end: the new ones are in use, what can go is gone, the rest waits")
    func whole() throws {
        let world = World(Self.items)
        let journal = try RotationEngine(world).run(begin(world))
        try expectRotated(world, journal)
    }

    private func expectRotated(_ world: World, _ journal: RotationJournal) throws {
        #expect(journal == world.saved)
        #expect(journal.current == nil)
        #expect(journal.waiting.map(\.name) == ["JWT_SECRET", "ENCRYPTION_KEY"])
        #expect(world.settings.values.allSatisfy { $0 == "new" })
        #expect(world.used.values.allSatisfy { $0 == "new" })
        #expect(world.valid["DB_PASSWORD"] == ["new"] && world.valid["REDIS_PASSWORD"] == ["new"])
        #expect(world.accepted["JWT_SECRET"] == ["old", "new"])
        #expect(world.values.keys.sorted() == ["ENCRYPTION_KEY", "JWT_SECRET"])
        try world.check()
    }

    struct Kill: Sendable, CustomTestStringConvertible {
        var number: Int
        var behind: Bool
        var testDescription: String { "\(behind ? "behind" : "before") step \(number)" }
    }
    static let kills = (1...run.steps.count).flatMap { number in
        [false, true].map { Kill(number: number, behind: $0) }
    }

    @Test("killed at any boundary it comes to the same end", arguments: kills)
    func killed(_ kill: Kill) throws {
        let world = World(Self.items)
        world.killAt = (kill.number, kill.behind)
        let isLast = kill.number == Self.run.steps.count && kill.behind
        do {
            _ = try RotationEngine(world).run(begin(world))
            #expect(isLast)
        } catch is Killed {
            try world.check()
        }
        world.killAt = nil
        try expectRotated(world, isLast ? world.saved : try RotationEngine(world).run(world.saved))
    }

    @Test("killed at any boundary it can be taken back, until the first old one has ended", arguments: kills)
    func rolledBack(_ kill: Kill) throws {
        let world = World(Self.items)
        world.killAt = (kill.number, kill.behind)
        _ = try? RotationEngine(world).run(begin(world))
        world.killAt = nil
        var journal = world.saved
        guard let back = journal.current?.reversed(now: world.now) else {
            #expect(world.valid["DB_PASSWORD"] == ["new"])
            return
        }
        journal.current = back
        let after = try RotationEngine(world).run(journal)
        #expect(world.settings.values.allSatisfy { $0 == "old" } && world.used.values.allSatisfy { $0 == "old" })
        #expect(world.valid["DB_PASSWORD"] == ["old"] && world.valid["REDIS_PASSWORD"] == ["old"])
        // Tokens of the new key may be about only where the settings may have named it.
        let settle = 6
        let wasSettled = kill.number >= settle || kill.behind && kill.number == settle - 1
        #expect(after.waiting.map(\.name) == (wasSettled ? ["JWT_SECRET", "ENCRYPTION_KEY"] : []))
        try world.check()
    }

    @Test("a journal that is older than reality leads to the same end")
    func oldJournal() throws {
        let world = World(Self.items)
        let first = begin(world)
        world.killAt = (9, false)
        _ = try? RotationEngine(world).run(first)
        world.killAt = nil
        try expectRotated(world, try RotationEngine(world).run(first))
    }

    @Test("what waits for time ends then, what waits for a word does not")
    func due() throws {
        let world = World(Self.items)
        var journal = try RotationEngine(world).run(begin(world))
        #expect(journal.due(at: 1_099).isEmpty)
        #expect(journal.due(at: 1_100).map(\.name) == ["JWT_SECRET"])
        world.now = 1_100
        journal.beginRetirement(of: ["JWT_SECRET"], now: world.now)
        let after = try RotationEngine(world).run(journal)
        #expect(world.accepted["JWT_SECRET"] == ["new"])
        #expect(after.waiting.map(\.name) == ["ENCRYPTION_KEY"])
        #expect(world.values.keys.sorted() == ["ENCRYPTION_KEY"])
    }

    @Test("what a provider holds is proved on the way there, and not on the way back")
    func given() throws {
        var run = RotationRun(
            kind: .rotate, items: [RotationItem(name: "SMTP_PASS", isProved: true)], startedAt: 1_000)
        #expect(run.steps.map(\.text) == ["prove SMTP_PASS", "settle", "publish"])
        run.boundary = 0
        #expect(try #require(run.reversed(now: 1_001)).steps.map(\.text) == ["settle", "publish"])
    }

    @Test("a run has only looked until it begins a step that changes something")
    func onlyLooked() {
        var given = RotationRun(
            kind: .rotate, items: [RotationItem(name: "SMTP_PASS", isProved: true)], startedAt: 1_000)
        let looked = [nil, 0, 1].map { boundary in
            given.boundary = boundary
            return given.hasOnlyLooked
        }
        #expect(looked == [true, true, false])
        var staged = Self.run
        staged.boundary = 0
        #expect(!staged.hasOnlyLooked)
    }
}
