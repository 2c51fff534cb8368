import EnvSchema
import Templates
import TestSupport
import Testing

@testable import careinit

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct AnswersFileTests {
    private let folder = TemporaryFolder()
    private let template: EnvDocument
    private let schema: Schema

    init() throws {
        template = EnvDocument(parsing: Templates.environment)
        schema = try Schema(template: template)
    }

    private func sheet(_ inputs: AnswerInputs) -> AnswerSheet {
        var inputs = inputs
        for (index, variable) in schema.variables.enumerated() where variable.generation != nil {
            inputs.generated[variable.name] = Sample.secret(index, for: variable)
        }
        return AnswerSheet(schema: schema, template: template, inputs: inputs)
    }

    /// What `provision` makes of the answers file, with the operator's secrets in files and other ones generated.
    private func replay(_ sheet: AnswerSheet, existing: EnvDocument?) throws -> AnswerSheet {
        let file = AnswersFile(sheet)
        let path = "\(folder.path)/answers.env"
        let line = try file.write(to: path)
        var sets: [String] = []
        for name in file.givenSecrets {
            #expect(line.arguments.contains("\(name)=@FILE"))
            let secret = "\(folder.path)/secret-\(name)"
            try OutputFile.write(Array(sheet.value(of: name).utf8), to: secret)
            sets.append("\(name)=@\(secret)")
        }
        let given = try GivenAnswers.read(sets: sets, answersFile: path, schema: schema)
        #expect(given.findings.isEmpty)
        var inputs = AnswerInputs(
            profile: file.profile, set: given.set, answers: given.answers, existing: existing)
        for variable in schema.variables where variable.generation != nil {
            inputs.generated[variable.name] = "made-anew"
        }
        return AnswerSheet(schema: schema, template: template, inputs: inputs)
    }

    /// With those secrets in it that `file` says are made anew.
    private func bytes(_ document: EnvDocument, generated: [String]) -> [UInt8] {
        var document = document
        for name in generated where document.value(of: name) != nil { document.set(name, to: "made-anew") }
        return document.bytes
    }

    private static let nasty = [
        "", "with spaces", "  both ends ", "it's", "\"quoted\"", "a$b", "${PORT}", "#first", "x #y", "back\\slash",
        "Gr\u{FC}n & Sch\u{F6}n", "🌹", "a=b", "'\"`$\\", "tab\tin it", "-x", "~", "[a]", "{b}",
    ]

    private func randomSheet(_ generator: inout SeededGenerator) -> AnswerSheet {
        var inputs = AnswerInputs(profile: Bool.random(using: &generator) ? .local : .production)
        if Bool.random(using: &generator) { inputs.freePorts["HTTPS_PORT"] = FreePort(port: 9443, held: 8443) }
        if Int.random(in: 0..<3, using: &generator) == 0 {
            inputs.existing = EnvDocument(
                parsing: Array("# ours\nMINE=1\nAPP_NAME='Old $1' # name\nLOG_LEVEL=warn\nSMTP_PASS=theirs\n".utf8)
            )
        }
        var sheet = sheet(inputs)
        for variable in schema.variables where Int.random(in: 0..<3, using: &generator) == 0 {
            let value = Self.nasty.randomElement(using: &generator) ?? ""
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: sheet.inputs.set[variable.name] = value
            case 1: sheet.inputs.answers[variable.name] = value
            // The template's own value, said once more.
            case 2: sheet.take(variable.defaultValue ?? "", for: variable.name)
            default: sheet.take(value, for: variable.name)
            }
        }
        return sheet
    }

    @Test func `a replay makes the same file apart from generated secrets, whatever the answers`() throws {
        var generator = SeededGenerator(seed: FuzzSeed.value &+ 3)
        for round in 0..<40 {
            let sheet = randomSheet(&generator)
            let generated = AnswersFile(sheet).generatedSecrets
            let expected = bytes(sheet.document(), generated: generated)
            let over = try replay(sheet, existing: sheet.inputs.existing).document()
            #expect(
                bytes(over, generated: generated) == expected,
                "over what was there: seed \(FuzzSeed.value), round \(round)")
            let bare = try replay(sheet, existing: nil)
            for variable in schema.variables where !generated.contains(variable.name) {
                #expect(
                    bare.value(of: variable.name) == sheet.value(of: variable.name),
                    "\(variable.name), from nothing: seed \(FuzzSeed.value), round \(round)")
            }
        }
    }

    @Test func `no secret stands in it, in a comment or anywhere`() throws {
        var sheet = sheet(AnswerInputs(profile: .local, set: ["SMTP_PASS": "set-Canary"]))
        sheet.take("typed-Canary-123456789012345678901234567890", for: "DB_PASSWORD")
        sheet.inputs.generated["JWT_SECRET"] = "made-Canary-123456789012345678901234567890"
        let file = AnswersFile(sheet)
        #expect(file.givenSecrets == ["DB_PASSWORD", "SMTP_PASS"])
        #expect(file.generatedSecrets.contains("JWT_SECRET"))
        let path = "\(folder.path)/answers.env"
        try file.write(to: path)
        let text = try #require(FileSystem.readText(path))
        #expect(!text.contains("Canary"))
        #expect(text.contains("#   careinit provision --profile local --answers \(path)"))
        #expect(text.contains("--set DB_PASSWORD=@FILE --set SMTP_PASS=@FILE\n"))
        #expect(text.contains("# Made anew, unless the .env has them:\n") && text.contains("#   JWT_SECRET\n"))
        #expect(FileSystem.status(path).map { $0.st_mode & 0o777 } == 0o600)
    }

    @Test func `it holds what differs, and the ports of this machine`() {
        var sheet = sheet(
            AnswerInputs(profile: .local, freePorts: ["HTTPS_PORT": FreePort(port: 9443, held: 8443)]))
        sheet.take("Rosewood", for: "APP_NAME")
        let answers = AnswersFile(sheet).answers
        #expect(answers.contains(.init(name: "APP_NAME", value: "Rosewood")))
        #expect(answers.contains(.init(name: "HTTPS_PORT", value: "9443")))
        #expect(!answers.contains { $0.name == "LOG_LEVEL" || $0.name == "APP_URL" })
    }

    @Test func `a value that another answer would move is said as well`() {
        var sheet = sheet(AnswerInputs(profile: .local))
        sheet.take("9443", for: "HTTPS_PORT")
        sheet.take("https://localhost:8443", for: "APP_URL")
        #expect(AnswersFile(sheet).answers.contains(.init(name: "APP_URL", value: "https://localhost:8443")))
    }

    @Test(arguments: [
        ("plain-1.env", "plain-1.env"), ("with space", "'with space'"), ("it's", #"'it'\''s'"#),
        ("$HOME", "'$HOME'"),
        ("", "''"), ("gr\u{FC}n", "'gr\u{FC}n'"), ("~/x", "'~/x'"), ("a;b", "'a;b'"),
    ])
    func `a shell takes each word as it is`(_ word: String, _ quoted: String) throws {
        let line = ReplayLine(arguments: ["printf", "%s", word])
        #expect(line.text == "printf %s \(quoted)")
        let output = try Subprocess(arguments: ["sh", "-c", line.text]).run()
        #expect(output.succeeded && output.text == word)
    }

    @Test func `the command names profile, file, secrets and the file to work on`() {
        let file = AnswersFile(
            profile: .production, answers: [], generatedSecrets: [], givenSecrets: ["SMTP_PASS"])
        #expect(
            file.replay(path: "/x/my answers.env", environmentFile: "care.env").text
                == "careinit provision --profile production --answers '/x/my answers.env' --set SMTP_PASS=@FILE"
                + " --env-file care.env")
    }
}
