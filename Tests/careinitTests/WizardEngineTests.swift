import EnvSchema
import Templates
import Testing

@testable import careinit

@Suite struct WizardEngineTests {
    private typealias Kit = WizardKit

    // MARK: The path of most people

    @Test func `accepting every proposal of the local profile takes ten questions at most`() throws {
        var run = WizardKit(try Kit.sheet(), asksForProfile: true)
        #expect(run.asked == "profile")
        while run.asked != "review", run.names.count < 200 { run.answer("") }
        #expect(run.names == ["profile", "APP_NAME", "SMTP_HOST", "sections", "review"])
        #expect(run.last == .ask(.review(isComplete: true, existing: false)))
        run.answer("")
        #expect(run.asked == "write")
        run.handle(.written(canStart: true))
        #expect(run.asked == "start")
        run.answer("y")
        #expect(run.asked == "started")
        #expect(run.names.count <= 10)
    }

    @Test func `a production run takes twenty questions at most, with its proofs`() throws {
        var run = WizardKit(try Kit.sheet(.production), asksForProfile: true, proofs: ["Web and TLS", "Mail"])
        let answers = [
            "profile": "2", "APP_URL": "https://notes.rosewood.org.uk", "SMTP_HOST": "mail.rosewood.org.uk",
            "SMTP_USER": "alerts", "SMTP_PASS": "p4ssw0rd of the provider", "SMTP_FROM": "alerts@rosewood.org.uk",
            "ALERT_EMAIL_CRITICAL": "oncall@rosewood.org.uk",
        ]
        while run.asked != "review", run.names.count < 40 {
            if run.asked == "proving" { run.handle(.proved([])) } else { run.answer(answers[run.asked] ?? "") }
        }
        #expect(run.last == .ask(.review(isComplete: true, existing: false)))
        // The questions whether to write and whether to start come on top.
        let questions = run.names.filter { $0 != "proving" }.count + 1
        #expect(questions <= 20, "\(run.names)")
        #expect(run.names.contains("proof Mail") && run.names.contains("proof Web and TLS"))
    }

    @Test func `no action ever holds a secret`() throws {
        for section in try Kit.sheet().schema.sections.map(\.title) {
            var run = WizardKit(try Kit.sheet(), section: section)
            while run.asked != "write", run.names.count < 200 {
                for secret in run.engine.sheet.inputs.generated.values {
                    #expect(!"\(run.actions)".contains(secret))
                }
                run.answer("")
            }
            #expect(run.asked == "write")
        }
    }

    // MARK: Answers

    @Test func `a wrong answer is refused with its findings and asked for again`() throws {
        var run = WizardKit(try Kit.sheet(), section: "Application")
        #expect(run.walk("", "", "Rosewood") == ["APP_URL", "APP_NAME", "PORT"])
        run.answer("99")
        guard case .show(.findings(let findings, name: "PORT")) = run.actions.first else {
            Issue.record("\(run.actions)")
            return
        }
        #expect(!findings.isEmpty)
        #expect(run.asked == "PORT")
        #expect(run.walk("4001") == ["review"])
        #expect(run.engine.sheet.value(of: "PORT") == "4001")
        #expect(run.engine.sheet.value(of: "APP_NAME") == "Rosewood")
    }

    @Test func `an answer that contradicts an earlier one is refused`() throws {
        var run = WizardKit(try Kit.sheet(), section: "Mail")
        #expect(
            run.walk("mail.rosewood.org.uk", "465", "") == ["SMTP_PORT", "SMTP_SECURE", "SMTP_SECURE"])
        #expect(run.walk("true") == ["SMTP_USER"])
    }

    @Test func `each question tells its place among those that are asked`() throws {
        var run = WizardKit(try Kit.sheet(), section: "Mail")
        #expect(run.heading == "Mail 1 1")
        run.answer("mail.rosewood.org.uk")
        #expect(run.heading == "Mail 2 6")
        run.answer("")
        run.answer("")
        run.answer("alerts")
        // The password goes with the name.
        #expect(run.heading == "Mail 5 7")
    }

    @Test func `what does not apply is passed with one word why`() throws {
        var run = WizardKit(try Kit.sheet(), section: "Mail")
        run.answer("")
        guard case .show(.skipped(let names, .doesNotApply)) = run.actions.first else {
            Issue.record("\(run.actions)")
            return
        }
        #expect(names == ["SMTP_PORT", "SMTP_SECURE", "SMTP_USER", "SMTP_FROM", "SMTP_FROM_NAME"])
        #expect(run.asked == "review")
    }

    @Test func `a secret that data depends on is neither asked for nor changed`() throws {
        let password = String(repeating: "k7", count: 20)
        let sheet = try Kit.sheet(existing: "DB_PASSWORD=\(password)\n", holdsData: true)
        var run = WizardKit(sheet, section: "Database")
        while run.asked != "review" {
            #expect(run.asked != "DB_PASSWORD")
            run.answer("")
        }
        #expect(run.walk("DB_PASSWORD") == ["review"])
        #expect(run.engine.sheet.value(of: "DB_PASSWORD") == password)
    }

    // MARK: Commands

    @Test func `back returns to the question before and proposes what was typed there`() throws {
        var run = WizardKit(try Kit.sheet(), section: "Application")
        #expect(
            run.walk(":back", "", "", "Rosewood", ":back") == [
                "APP_ENV", "APP_URL", "APP_NAME", "PORT", "APP_NAME",
            ])
        guard case .ask(.variable(let question)) = run.last else {
            Issue.record("no question")
            return
        }
        #expect(question.proposal == "Rosewood")
        #expect(run.walk("", ":b", ":b", ":b") == ["PORT", "APP_NAME", "APP_URL", "APP_ENV"])
    }

    @Test(arguments: ["3001:back", "3001 :back", ":back", " :b "])
    func `a command behind the proposal in the line is a command`(_ line: String) throws {
        var run = WizardKit(try Kit.sheet(), section: "Application")
        #expect(run.walk("", "", "", line).last == "APP_NAME")
    }

    @Test func `skip does not pass what is needed and has no proposal`() throws {
        var run = WizardKit(try Kit.sheet(.production))
        #expect(
            run.walk(":skip", ":skip", "", "https://notes.rosewood.org.uk") == [
                "APP_URL", "APP_URL", "APP_URL", "APP_NAME",
            ])
    }

    @Test func `next and rest take proposals but still ask for what has none`() throws {
        var run = WizardKit(try Kit.sheet(.production))
        #expect(run.walk(":rest", "https://notes.rosewood.org.uk") == ["APP_URL", "SMTP_HOST"])
        var local = WizardKit(try Kit.sheet())
        #expect(local.walk(":next", ":rest") == ["SMTP_HOST", "sections"])
    }

    @Test func `show tells the answers of the section, secrets masked, and asks again`() throws {
        var run = WizardKit(try Kit.sheet(), section: "Redis")
        run.answer(":show")
        guard case .show(.answers(let sections)) = run.actions.first else {
            Issue.record("\(run.actions)")
            return
        }
        #expect(sections.map(\.title) == ["Redis"])
        #expect(sections[0].lines.contains { $0.name == "REDIS_PASSWORD" && $0.value == "********" })
        #expect(run.asked == "REDIS_HOST")
    }

    // MARK: Sections

    @Test(arguments: ["3", "Database", "database", "data"])
    func `a section is gone through when it is named, and then the list comes again`(_ name: String) throws {
        var run = WizardKit(try Kit.sheet())
        #expect(run.walk(":rest", name) == ["sections", "DB_HOST"])
        #expect(run.walk(":next") == ["sections"])
        #expect(run.walk("") == ["review"])
    }

    @Test func `from a question another section can be visited, and the question comes again`() throws {
        var run = WizardKit(try Kit.sheet())
        #expect(run.walk(":sections", "redis", ":next", "") == ["sections", "REDIS_HOST", "sections", "APP_NAME"])
        #expect(run.walk(":sections", "no such") == ["sections", "sections"])
    }

    // MARK: The review

    @Test func `from the review any variable can be asked for again by name`() throws {
        var run = WizardKit(try Kit.sheet())
        #expect(
            run.walk(":rest", "", "app_nam", "app_name", "Rosewood") == [
                "sections", "review", "review", "APP_NAME", "review",
            ])
        #expect(run.engine.sheet.value(of: "APP_NAME") == "Rosewood")
        #expect(run.walk("n") == ["end quit"])
    }

    @Test func `the review tells what changes in a file that is there`() throws {
        var run = WizardKit(try Kit.sheet(existing: "APP_NAME=Rose\n"))
        #expect(run.walk("Rosewood", ":rest", "") == ["SMTP_HOST", "sections", "review"])
        guard case .show(.review(let review)) = run.actions.first else {
            Issue.record("\(run.actions)")
            return
        }
        let change = ReviewChange(name: "APP_NAME", before: "Rose", after: "Rosewood")
        #expect(review.changes?.contains(change) == true)
    }

    @Test func `a failed write goes back to the review with all answers`() throws {
        var run = WizardKit(try Kit.sheet())
        #expect(run.walk("Rosewood", ":rest", "", "y").last == "write")
        run.handle(.writeFailed)
        #expect(run.asked == "review")
        #expect(run.engine.sheet.value(of: "APP_NAME") == "Rosewood")
    }

    // MARK: Leaving

    @Test(arguments: 0..<6)
    func `the first ctrl-c opens a menu, the second leaves`(_ answers: Int) throws {
        var run = WizardKit(try Kit.sheet(), asksForProfile: true)
        for _ in 0..<answers { run.answer("") }
        if run.asked == "write" { run.handle(.written(canStart: true)) }
        let before = run.asked
        run.reply(.interrupted)
        if before != "start" {
            #expect(run.asked == "menu")
            run.answer("1")
            #expect(run.asked == before)
            run.reply(.interrupted)
            run.reply(.interrupted)
        }
        #expect(run.last == .end(.interrupted))
        run.answer("")
        #expect(run.actions.isEmpty)
    }

    @Test(arguments: 0..<5)
    func `the end of the input ends it anywhere`(_ answers: Int) throws {
        var run = WizardKit(try Kit.sheet(), asksForProfile: true)
        for _ in 0..<answers { run.answer("") }
        run.reply(.endOfInput)
        #expect(run.last == .end(.quit))
        run.answer("")
        #expect(run.actions.isEmpty)
    }

    // MARK: Coming back

    @Test func `another run goes on at the question where the last one ended, and can go back`() throws {
        var sheet = try Kit.sheet()
        sheet.take("Rosewood", for: "APP_NAME")
        var run = WizardKit(sheet, resumesAt: .variable("SMTP_HOST"))
        #expect(run.asked == "SMTP_HOST")
        #expect(run.walk(":back") == ["APP_NAME"])
    }

    @Test func `after an upgrade only what is new or changed is asked for`() throws {
        let upgrade = TemplateUpgrade(
            new: ["LOG_FORMAT"], changed: [.init(name: "REDIS_DB", differences: ["its default is 0"])],
            retired: [.init(name: "NODE_ENV", replacement: "APP_ENV", reason: nil)])
        var run = WizardKit(try Kit.sheet(existing: "NODE_ENV=staging\nAPP_NAME=Rose\n"), upgrade: upgrade)
        #expect(run.asked == "retired NODE_ENV")
        #expect(run.walk("y", "", "") == ["REDIS_DB", "LOG_FORMAT", "sections"])
        #expect(run.engine.sheet.removed == ["NODE_ENV"])
        // What it said goes to the variable that took its place.
        #expect(run.engine.sheet.value(of: "APP_ENV") == "staging")
    }
}
