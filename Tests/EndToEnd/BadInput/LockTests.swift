import Testing

/// Two careinit on one stack.
@Suite struct LockTests {
    @Test func `the second is told who holds the lock, and ends with 75`() throws {
        let folder = try ScratchFolder()
        let terminal = try PseudoTerminal()
        let holder = try terminal.start([Programs.careinit, "wizard", "--profile", "local"], folder: folder.path)
        try terminal.expect("APP_NAME")
        let outcome = try careinit("provision", "--profile", "local", "--no-input", in: folder.path)
        #expect(outcome.code == 75, "\(outcome)")
        let words = ["\(holder.identifier)", "careinit wizard", "kill \(holder.identifier)"]
        #expect(missing(words, in: outcome.error) == [], "\(outcome)")
        #expect(!Files.exists(folder[".env"]))

        #expect(try WizardRun(terminal: terminal, process: holder).interrupt().code == 130)
        let after = try careinit("provision", "--profile", "local", "--no-input", in: folder.path)
        #expect(after.code == 0, "\(after)")
    }

    @Test func `a holder that was killed holds nothing`() throws {
        let folder = try ScratchFolder()
        let terminal = try PseudoTerminal()
        let holder = try terminal.start([Programs.careinit, "wizard", "--profile", "local"], folder: folder.path)
        try terminal.expect("APP_NAME")
        holder.send(9)
        #expect(try holder.outcome().ending == .signalled(9))
        #expect(try careinit("provision", "--profile", "local", "--no-input", in: folder.path).code == 0)
    }
}
