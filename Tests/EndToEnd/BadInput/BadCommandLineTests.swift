import Testing

/// Command lines, answers and templates that careinit must refuse, each with its exit code.
@Suite struct BadCommandLineTests {
    struct Row: Sendable, CustomTestStringConvertible {
        var arguments: [String]
        var code: Int32
        var words: [String]
        var testDescription: String { arguments.joined(separator: " ") }
    }

    static let rows = [
        Row(arguments: [], code: 64, words: ["USAGE"]),
        Row(arguments: ["chekc"], code: 64, words: ["chekc", "check"]),
        Row(arguments: ["check", "--formatt", "json"], code: 64, words: ["--formatt"]),
        Row(arguments: ["check", "--format", "yaml"], code: 64, words: ["yaml", "--format json"]),
        Row(arguments: ["check", "--for", "compose,nod"], code: 64, words: ["nod", "did you mean node"]),
        Row(arguments: ["check", "--stdin", ".env"], code: 64, words: ["standard input", "Fix: "]),
        Row(arguments: ["diff", "none.env"], code: 66, words: ["none.env"]),
        Row(arguments: ["explain", "DB_POL_MAX"], code: 64, words: ["DB_POL_MAX", "DB_POOL_MAX"]),
        Row(arguments: ["explain", "NODE_ENV"], code: 64, words: ["NODE_ENV", "APP_ENV"]),
        Row(arguments: ["check", "--env-file"], code: 64, words: ["--env-file"]),
        Row(arguments: ["provision", "--set", "APP_NAME"], code: 64, words: ["--set", "=", "Fix: "]),
        Row(arguments: ["provision", "--set", "=x"], code: 64, words: ["--set", "Fix: "]),
        Row(arguments: ["provision", "--set", "JWT_SECRET=canary"], code: 64, words: ["JWT_SECRET", "@FILE"]),
        Row(arguments: ["provision", "--set", "SMTP_PASS=@none"], code: 66, words: ["none"]),
        Row(arguments: ["provision", "--profile", "staging"], code: 64, words: ["staging", "--profile local"]),
        Row(arguments: ["provision", "--answers", "none.env"], code: 66, words: ["none.env"]),
        Row(
            arguments: ["provision", "--profile", "local", "--set", "PROT=1"], code: 65, words: ["PROT", "PORT"]),
        Row(arguments: ["provision", "--profile", "local", "--set", "PORT=0"], code: 65, words: ["PORT"]),
        Row(arguments: ["provision", "--timeout", "soon"], code: 64, words: ["--timeout"]),
        Row(arguments: ["wizard"], code: 64, words: ["terminal", "careinit provision"]),
        Row(arguments: ["help", "exit-code"], code: 64, words: ["exit-codes"]),
    ]

    @Test(arguments: rows)
    func `it is refused with its exit code, and nothing is written`(_ row: Row) throws {
        let folder = try ScratchFolder()
        let outcome = try run([Programs.careinit] + row.arguments, in: folder.path)
        #expect(outcome.code == row.code, "\(outcome)")
        #expect(missing(row.words, in: outcome.error) == [], "\(outcome)")
        #expect(!outcome.text.contains("canary"))
        #expect(!Files.exists(folder[".env"]))
    }

    @Test(arguments: [0o640, 0o604, 0o660] as [UInt32])
    func `answers that others may read are refused`(mode: UInt32) throws {
        let folder = try ScratchFolder()
        try folder.write("SMTP_PASS=canary\n", to: "answers.env", mode: mode)
        let outcome = try careinit("provision", "--profile", "local", "--answers", "answers.env", in: folder.path)
        #expect(outcome.code == 77, "\(outcome)")
        #expect(missing(["answers.env", "chmod 600"], in: outcome.error) == [])
        #expect(!outcome.text.contains("canary") && !Files.exists(folder[".env"]))
    }

    @Test func `a template with an unknown decorator is refused with its place`() throws {
        let folder = try ScratchFolder()
        try SettingsFiles.provision(in: folder)
        try folder.write("# @required @bogus\nA=\n\n# @type=nonsense\nB=\n", to: ".env.production.template")
        for arguments in [["check"], ["provision", "--profile", "local", "--no-input"]] {
            let outcome = try run(
                [Programs.careinit] + arguments, in: folder.path, environment: ["CAREINIT_TEMPLATES": folder.path])
            #expect(outcome.code == 65, "\(outcome)")
            let words = [".env.production.template:1:13", "@bogus", ":4:", "nonsense", "CAREINIT_TEMPLATES"]
            #expect(missing(words, in: outcome.error) == [], "\(outcome)")
        }
    }

    @Test func `a folder of templates that is not there is named`() throws {
        let folder = try ScratchFolder()
        try SettingsFiles.provision(in: folder)
        let outcome = try careinit("check", in: folder.path, environment: ["CAREINIT_TEMPLATES": "/nonexistent"])
        #expect(outcome.code == 66)
        #expect(missing(["/nonexistent", "CAREINIT_TEMPLATES"], in: outcome.error) == [], "\(outcome)")
    }
}
