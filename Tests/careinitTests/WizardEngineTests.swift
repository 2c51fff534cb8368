import EnvSchema
import Templates
import Testing

@testable import careinit

@Suite struct WizardEngineTests {
    // MARK: Helpers

    private static func sheet(
        _ profile: Profile = .local, existing: String? = nil, holdsData: Bool = false
    ) throws -> AnswerSheet {
        let template = EnvDocument(parsing: Templates.environment)
        let schema = try Schema(template: template)
        var inputs = AnswerInputs(profile: profile)
        inputs.existing = existing.map { EnvDocument(parsing: Array($0.utf8)) }
        inputs.holdsData = holdsData
        for (index, variable) in schema.variables.enumerated() where variable.generation != nil {
            inputs.generated[variable.name] = Sample.secret(index, for: variable)
        }
        return AnswerSheet(schema: schema, template: template, inputs: inputs)
    }

    private static func engine(_ sheet: AnswerSheet, asksForProfile: Bool = false) -> WizardEngine {
        WizardEngine(sheet: sheet, environmentFile: "/x/.env", asksForProfile: asksForProfile)
    }

    /// The name of the variable that is asked for at the end, or `profile`, `review`, `start`, `end`.
    private func asked(_ actions: [WizardAction]) -> String {
        switch actions.last {
        case .ask(.variable(let question)): question.name
        case .ask(.profile): "profile"
        case .ask(.review): "review"
        case .ask(.start): "start"
        case .write: "write"
        case .start: "started"
        case .end(let end): "end \(end)"
        default: "?"
        }
    }

    private func walk(_ engine: inout WizardEngine, _ lines: [String]) -> [String] {
        lines.map { asked(engine.handle(.reply($0.isEmpty ? .accepted : .line($0)))) }
    }

    // MARK: Tests

    @Test func `accepting every proposal of the local profile ends in a complete review`() throws {
        var engine = Self.engine(try Self.sheet(), asksForProfile: true)
        var actions = engine.handle(.begin)
        #expect(asked(actions) == "profile")
        var names: [String] = []
        while asked(actions) != "review", names.count < 200 {
            actions = engine.handle(.reply(.accepted))
            names.append(asked(actions))
        }
        #expect(names.first == "APP_ENV")
        #expect(Set(names).count == names.count)
        #expect(Set(names).isDisjoint(with: ["SMTP_PORT", "SMTP_FROM", "SMTP_FROM_NAME", "LETSENCRYPT_DIR"]))
        #expect(actions.last == .ask(.review(isComplete: true, existing: false)))
        #expect(asked(engine.handle(.reply(.accepted))) == "write")
        #expect(asked(engine.handle(.written(canStart: true))) == "start")
        #expect(asked(engine.handle(.reply(.line("y")))) == "started")
    }

    @Test func `no action ever holds a secret`() throws {
        var engine = Self.engine(try Self.sheet())
        var actions = engine.handle(.begin)
        var count = 0
        while asked(actions) != "write", count < 200 {
            for secret in engine.sheet.inputs.generated.values {
                #expect(!"\(actions)".contains(secret))
            }
            actions = engine.handle(.reply(.accepted))
            count += 1
        }
        #expect(asked(actions) == "write")
    }

    @Test func `a wrong answer is refused with its findings and asked for again`() throws {
        var engine = Self.engine(try Self.sheet())
        _ = engine.handle(.begin)
        #expect(walk(&engine, ["", "", "Rosewood"]) == ["APP_URL", "APP_NAME", "PORT"])
        let actions = engine.handle(.reply(.line("99")))
        guard case .show(.findings(let findings, name: "PORT")) = actions.first else {
            Issue.record("\(actions)")
            return
        }
        #expect(!findings.isEmpty)
        #expect(asked(actions) == "PORT")
        #expect(walk(&engine, ["4001"]) == ["PUBLIC_ADDRESS"])
        #expect(engine.sheet.value(of: "PORT") == "4001")
        #expect(engine.sheet.value(of: "APP_NAME") == "Rosewood")
    }

    @Test func `back returns to the question before and proposes what was typed there`() throws {
        var engine = Self.engine(try Self.sheet())
        _ = engine.handle(.begin)
        #expect(
            walk(&engine, [":back", "", "", "Rosewood", ":back"]) == [
                "APP_ENV", "APP_URL", "APP_NAME", "PORT", "APP_NAME",
            ])
        guard let variable = engine.sheet.schema["APP_NAME"],
            case .variable(let question) = engine.question(for: variable)
        else {
            Issue.record("no question")
            return
        }
        #expect(question.proposal == "Rosewood")
        #expect(walk(&engine, ["", ":b", ":b", ":b"]) == ["PORT", "APP_NAME", "APP_URL", "APP_ENV"])
    }

    @Test(arguments: ["3001:back", "3001 :back", ":back", " :b "])
    func `a command behind the proposal in the line is a command`(_ line: String) throws {
        var engine = Self.engine(try Self.sheet())
        _ = engine.handle(.begin)
        #expect(walk(&engine, ["", "", "", line]).last == "APP_NAME")
    }

    @Test func `skip does not pass what is needed and has no proposal`() throws {
        var engine = Self.engine(try Self.sheet(.production))
        _ = engine.handle(.begin)
        #expect(
            walk(&engine, [":skip", ":skip", "", "https://notes.rosewood.org.uk"]) == [
                "APP_URL", "APP_URL", "APP_URL", "APP_NAME",
            ])
    }

    @Test func `next and rest take proposals but still ask for what has none`() throws {
        var engine = Self.engine(try Self.sheet(.production))
        _ = engine.handle(.begin)
        #expect(walk(&engine, [":rest", "https://notes.rosewood.org.uk"]) == ["APP_URL", "SMTP_HOST"])
        var local = Self.engine(try Self.sheet())
        _ = local.handle(.begin)
        #expect(walk(&local, [":next", ":next", ":rest"]) == ["PUBLIC_ADDRESS", "DB_HOST", "review"])
    }

    @Test func `an answer that contradicts an earlier one is refused`() throws {
        var engine = Self.engine(try Self.sheet())
        _ = engine.handle(.begin)
        var question = ""
        while question != "SMTP_HOST", question != "review" { question = walk(&engine, [""])[0] }
        #expect(
            walk(&engine, ["mail.rosewood.org.uk", "465", ""]) == ["SMTP_PORT", "SMTP_SECURE", "SMTP_SECURE"])
        #expect(walk(&engine, ["true"]) == ["SMTP_USER"])
    }

    @Test func `from the review any variable can be asked for again by name`() throws {
        var engine = Self.engine(try Self.sheet())
        _ = engine.handle(.begin)
        #expect(
            walk(&engine, [":rest", "app_nam", "app_name", "Rosewood"]) == [
                "review", "review", "APP_NAME", "review",
            ])
        #expect(engine.sheet.value(of: "APP_NAME") == "Rosewood")
        #expect(walk(&engine, ["n"]) == ["end quit"])
    }

    @Test(arguments: [0, 1, 7, 30, 70])
    func `ctrl-c and the end of the input end it anywhere`(_ answers: Int) throws {
        for (reply, end) in [(Reply.interrupted, WizardEnd.interrupted), (.endOfInput, .quit)] {
            var engine = Self.engine(try Self.sheet())
            var actions = engine.handle(.begin)
            for _ in 0..<answers where asked(actions) != "review" { actions = engine.handle(.reply(.accepted)) }
            #expect(engine.handle(.reply(reply)).last == .end(end))
            #expect(engine.handle(.reply(.accepted)).isEmpty)
        }
    }

    @Test func `a secret that data depends on is neither asked for nor changed`() throws {
        let password = String(repeating: "k7", count: 20)
        let sheet = try Self.sheet(existing: "DB_PASSWORD=\(password)\n", holdsData: true)
        var engine = Self.engine(sheet)
        var actions = engine.handle(.begin)
        while asked(actions) != "review" {
            #expect(asked(actions) != "DB_PASSWORD")
            actions = engine.handle(.reply(.accepted))
        }
        #expect(walk(&engine, ["DB_PASSWORD"]) == ["review"])
        #expect(engine.sheet.value(of: "DB_PASSWORD") == password)
    }

    @Test func `a failed write goes back to the review with all answers`() throws {
        var engine = Self.engine(try Self.sheet())
        _ = engine.handle(.begin)
        #expect(walk(&engine, ["", "", "Rosewood", ":rest", "y"]).last == "write")
        #expect(asked(engine.handle(.writeFailed)) == "review")
        #expect(engine.sheet.value(of: "APP_NAME") == "Rosewood")
    }
}

enum Sample {
    /// A secret that is different for each index and fits the variable's policy.
    static func secret(_ index: Int, for variable: Variable) -> String {
        let seed = UInt64(index + 1) &* 0x9E37_79B9_7F4A_7C15
        var state = seed
        let alphabet = Array("0123456789abcdef")
        return String(
            (0..<64).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return alphabet[Int(state >> 60)]
            })
    }
}
